package dev.assay.store;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
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
