package dev.assay.store;

import io.delta.storage.HadoopFileSystemLogStore;
import io.delta.storage.internal.S3LogStoreUtil;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on S3 and on a local folder, safe for several drivers: version N is created
 * conditionally, so that of two writers one is told to look again.
 *
 * <p>A commit holds its transaction's id, which makes its content unique as {@link
 * ConditionalCreate} needs.
 */
public final class ConditionalLogStore extends HadoopFileSystemLogStore {

  /** Called by Delta with the session's Hadoop settings. */
  public ConditionalLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoopConf)
      throws IOException {
    byte[] content = lines(actions);
    if (overwrite) {
      try (FSDataOutputStream out = path.getFileSystem(hadoopConf).create(path, true)) {
        out.write(content);
      }
    } else if (!ConditionalCreate.create(path, content, hadoopConf)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /**
   * Asks for the objects from a path on: every look at a table does, and its log has as many as it
   * had commits.
   */
  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration hadoopConf) throws IOException {
    FileSystem fs = path.getFileSystem(hadoopConf);
    Path folder = Objects.requireNonNull(path.getParent(), "a log has a folder");
    if (fs.getScheme().equals("file")) {
      return localFrom(fs, folder, path.getName());
    }
    Path resolved = fs.makeQualified(path);
    return Arrays.stream(S3LogStoreUtil.s3ListFromArray(fs, resolved, resolved.getParent()))
        .filter(status -> status.getPath().getName().compareTo(path.getName()) >= 0)
        .sorted(Comparator.comparing(status -> status.getPath().getName()))
        .iterator();
  }

  private static Iterator<FileStatus> localFrom(FileSystem fs, Path folder, String from)
      throws IOException {
    String[] names = new File(folder.toUri().getPath()).list();
    if (names == null) {
      throw new FileNotFoundException("No such file or directory: " + folder);
    }
    List<FileStatus> found = new ArrayList<>();
    for (String name : names) {
      if (name.compareTo(from) >= 0 && !name.startsWith(".")) {
        try {
          found.add(fs.getFileStatus(new Path(folder, name)));
        } catch (FileNotFoundException removed) {
          // By maintenance, in between.
        }
      }
    }
    found.sort(Comparator.comparing(status -> status.getPath().getName()));
    return found.iterator();
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoopConf) throws IOException {
    // On a local folder an overwrite (of _last_checkpoint) is not atomic; a create is.
    return path.getFileSystem(hadoopConf).getScheme().equals("file");
  }

  private static byte[] lines(Iterator<String> actions) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      content.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      content.write('\n');
    }
    return content.toByteArray();
  }
}
