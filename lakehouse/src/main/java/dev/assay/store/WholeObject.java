package dev.assay.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * An object of an S3 store, which has its name when its stream is closed: by one request, be it to
 * put it or to complete its parts.
 */
final class WholeObject implements WholeFile {
  private final Path path;
  private final FSDataOutputStream out;
  private boolean kept;

  private WholeObject(Path path, FSDataOutputStream out) {
    this.path = path;
    this.out = out;
  }

  static WholeObject begin(FileSystem fs, Path path, Existing existing) throws IOException {
    FSDataOutputStreamBuilder<?, ?> create = fs.createFile(path);
    create.overwrite(existing == Existing.REPLACED);
    create.recursive();
    if (existing == Existing.KEPT) {
      create.must(ConditionalCreate.CONDITIONAL, true);
    }
    return new WholeObject(path, create.build());
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void keep() throws IOException {
    try {
      out.close();
    } catch (RemoteFileChangedException taken) {
      // A store may say so of what it made of this very request, if its first answer was lost.
      throw WholeFile.isThere(path, taken);
    }
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      // Closing it would complete it.
      out.abort();
    }
  }
}
