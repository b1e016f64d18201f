package dev.assay.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, by calls of the JDK where Hadoop, without its native library, starts a
 * process: a {@code chmod} for each file and folder that it makes, and two {@code readlink} for
 * each rename. The day of a small pipeline had a hundred of them.
 */
public final class LocalFiles extends LocalFileSystem {

  /** As {@code FileSystem} has them. */
  public LocalFiles() {
    super(new Raw());
  }

  /**
   * The settings of a lake that is a folder, by Hadoop's names; none where it is an object store.
   */
  public static Map<String, String> settings(String root) {
    String scheme = new Path(root).toUri().getScheme();
    if (scheme != null && !scheme.equals(FsConstants.LOCAL_FS_URI.getScheme())) {
      return Map.of();
    }
    return Map.of(
        "fs.file.impl",
        LocalFiles.class.getName(),
        "fs.AbstractFileSystem.file.impl",
        InContext.class.getName(),
        // spark-submit has looked at its own files before it knows the JAR that these are in.
        "fs.file.impl.disable.cache",
        "true",
        // S3A, which may be on the class path, would look for them with its own loader alone.
        "fs.s3a.classloader.isolation",
        "false");
  }

  /** As {@code FileContext} has them. */
  public static final class InContext extends ChecksumFs {

    /** Made by Hadoop, by reflection. */
    public InContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(new RawInContext(uri, conf));
    }
  }

  private static final class RawInContext extends DelegateToFileSystem {
    RawInContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new Raw(), conf, FsConstants.LOCAL_FS_URI.getScheme(), false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      return true;
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    private static final int ALL_BITS = 07777;
    private static final int SPECIAL_BITS = 07000;

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        super.setPermission(path, permission);
        return;
      }
      int mode = (int) Files.getAttribute(file, "unix:mode");
      if ((mode & ALL_BITS) == permission.toShort()) {
        return;
      }
      if (((mode | permission.toShort()) & SPECIAL_BITS) != 0) {
        // Of a folder, chmod keeps those that are not named; the JDK would clear them.
        super.setPermission(path, permission);
        return;
      }
      // It is told as rwxr-x---, which the JDK reads.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
    }

    /** Of what a link leads to: so it comes out of Hadoop's readlink, which is given a URI. */
    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return getFileStatus(path);
    }
  }
}
