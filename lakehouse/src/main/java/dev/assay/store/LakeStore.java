package dev.assay.store;

import dev.assay.config.AssayConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake's small objects, by their path below its root; errors are {@link UncheckedIOException}.
 */
public final class LakeStore {
  private static final Logger LOG = LoggerFactory.getLogger(LakeStore.class);
  private static final int HINT_ATTEMPTS = 5;

  private final Path root;
  private final Configuration conf;

  /**
   * A lake.
   *
   * @param root its root, a path or an {@code s3a://} URI
   * @param conf the Hadoop settings that reach it
   */
  public LakeStore(String root, Configuration conf) {
    this.root = new Path(root.contains("://") ? root : "file://" + root);
    this.conf = conf;
  }

  /** The lake that conf names. */
  public static LakeStore of(AssayConfig config) {
    return new LakeStore(config.lake().root(), StoreSettings.configuration(config.store()));
  }

  /** The full path of an object or folder. */
  public Path path(String relative) {
    return new Path(root, relative);
  }

  /** The lake's root. */
  public Path root() {
    return root;
  }

  /** The Hadoop settings that reach the lake. */
  public Configuration conf() {
    return conf;
  }

  /**
   * Creates an object where there is none.
   *
   * @return whether it is ours; false if another's was there first
   */
  public boolean createIfAbsent(String relative, byte[] content) {
    try {
      return ConditionalCreate.create(path(relative), content, conf);
    } catch (IOException e) {
      throw failed("create", relative, e);
    }
  }

  /** Writes an object that is only a hint, whole: the last of several writers wins. */
  public void overwrite(String relative, byte[] content) {
    try {
      if (fs().getScheme().equals("file")) {
        replaceLocally(java.nio.file.Path.of(path(relative).toUri().getPath()), content);
        return;
      }
      try (FSDataOutputStream out = fs().create(path(relative), true)) {
        out.write(content);
      }
    } catch (IOException e) {
      throw failed("write", relative, e);
    }
  }

  /** Hadoop's local file system empties a file before it writes, which a kill or a reader sees. */
  private static void replaceLocally(java.nio.file.Path target, byte[] content) throws IOException {
    java.nio.file.Path draft =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file has a folder"));
      Files.write(draft, content);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A hint's content; empty where there is none, or where others overwrite it all the time. */
  public Optional<byte[]> readHint(String relative) {
    for (int attempt = 0; attempt < HINT_ATTEMPTS; attempt++) {
      try (FSDataInputStream in = fs().open(path(relative))) {
        return Optional.of(in.readAllBytes());
      } catch (FileNotFoundException absent) {
        return Optional.empty();
      } catch (PathIOException overwritten) {
        LOG.debug("{} was overwritten while it was read", relative);
      } catch (IOException e) {
        throw failed("read", relative, e);
      }
    }
    return Optional.empty();
  }

  /** An object's content, if there is one. */
  public Optional<byte[]> read(String relative) {
    try (FSDataInputStream in = fs().open(path(relative))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", relative, e);
    }
  }

  /** Deletes an object, if there is one. */
  public void delete(String relative) {
    try {
      fs().delete(path(relative), false);
    } catch (IOException e) {
      throw failed("delete", relative, e);
    }
  }

  /** Deletes a folder and all that is in it, if there is one. */
  public void deleteTree(String relative) {
    try {
      fs().delete(path(relative), true);
    } catch (IOException e) {
      throw failed("delete", relative, e);
    }
  }

  /** Whether there is an object. */
  public boolean exists(String relative) {
    try {
      return fs().exists(path(relative));
    } catch (IOException e) {
      throw failed("find", relative, e);
    }
  }

  /** The names of the objects and folders directly in a folder, in order; none if it is absent. */
  public List<String> names(String relative) {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fs().listStatus(path(relative))) {
        addUnlessDraft(names, status.getPath().getName());
      }
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", relative, e);
    }
    names.sort(null);
    return names;
  }

  /** The paths, below {@code relative}, of every object in a folder's tree, in order. */
  public List<String> tree(String relative) {
    List<String> paths = new ArrayList<>();
    files(relative).forEach(file -> addUnlessDraft(paths, file.path()));
    paths.sort(null);
    return paths;
  }

  /** Every object in a folder's tree, drafts and checksums too; none if it is absent. */
  public List<StoredFile> files(String relative) {
    List<StoredFile> found = new ArrayList<>();
    try {
      String folder = fs().makeQualified(path(relative)).toUri().getPath();
      RemoteIterator<LocatedFileStatus> files = fs().listFiles(path(relative), true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        found.add(
            new StoredFile(
                file.getPath().toUri().getPath().substring(folder.length() + 1),
                file.getLen(),
                file.getModificationTime()));
      }
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", relative, e);
    }
    return found;
  }

  private static void addUnlessDraft(List<String> names, String name) {
    if (!name.endsWith(".tmp") && !name.endsWith(".crc")) {
      names.add(name);
    }
  }

  private FileSystem fs() throws IOException {
    return root.getFileSystem(conf);
  }

  private UncheckedIOException failed(String verb, String relative, IOException e) {
    return new UncheckedIOException(
        "could not " + verb + " " + path(relative) + ": " + e.getMessage(), e);
  }
}
