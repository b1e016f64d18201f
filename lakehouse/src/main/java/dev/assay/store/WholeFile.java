package dev.assay.store;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written piece by piece, and appears under its name whole, once it is kept, or not
 * at all: whatever fails or is killed before that leaves under the name what was there.
 */
public sealed interface WholeFile extends Closeable permits WholeLocalFile, WholeObject {

  /**
   * Begins a file.
   *
   * @param path where it is to be
   * @throws AssayException with USAGE if there is one that is to be kept, or no file can be written
   *     whole there
   */
  static WholeFile begin(Path path, Configuration conf, Existing existing) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    if (fs.exists(path) && (existing == Existing.KEPT || fs.getFileStatus(path).isDirectory())) {
      throw isThere(path, null);
    }
    return switch (fs.getScheme()) {
      case "file" -> WholeLocalFile.begin(java.nio.file.Path.of(path.toUri().getPath()), existing);
      case "s3a" -> WholeObject.begin(fs, path, existing);
      default ->
          throw new AssayException(
              ExitCode.USAGE,
              "cannot write "
                  + path
                  + " whole or not at all: Assay knows how on s3a:// and in a local folder, not on "
                  + fs.getScheme()
                  + "://; write it to one of these");
    };
  }

  /** What takes its content. */
  OutputStream out();

  /**
   * Gives it its name: it is there, whole and to stay, when this returns.
   *
   * @throws AssayException with USAGE if another got the name meanwhile
   */
  void keep() throws IOException;

  /** Leaves nothing of it, unless it is kept. */
  @Override
  void close() throws IOException;

  /** Why one that is there is not replaced. */
  static AssayException isThere(Object path, @Nullable Throwable cause) {
    return new AssayException(
        ExitCode.USAGE,
        path
            + " is there already, and stays as it is; write to another name, or say --overwrite if"
            + " it is a file that may be replaced",
        cause);
  }
}
