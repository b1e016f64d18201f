package dev.assay.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates an object only where there is none, whole or not at all, however many drivers try at
 * once.
 *
 * <p>The content must be unique to the writer (hold a run's or a transaction's id): a store may
 * answer "there is one already" to the winner itself, when its first answer got lost and the
 * request was repeated, and only the content tells. So every answer but success is followed by a
 * look at what is there.
 */
public final class ConditionalCreate {
  private static final Logger LOG = LoggerFactory.getLogger(ConditionalCreate.class);
  static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MS = 50;

  private ConditionalCreate() {}

  /**
   * Creates an object.
   *
   * @return whether it is ours; false if another writer's was there first
   * @throws IOException if the store answered neither way
   */
  public static boolean create(Path path, byte[] content, Configuration conf) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    return switch (fs.getScheme()) {
      case "file" -> createLocally(path, content);
      case "s3a" -> createOnS3(fs, path, content);
      default ->
          throw new IOException(
              "cannot create "
                  + path
                  + " conditionally: Assay knows how on s3a:// and on a local folder, not on "
                  + fs.getScheme()
                  + "://; put the lake on one of these");
    };
  }

  private static boolean createOnS3(FileSystem fs, Path path, byte[] content) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      pauseBefore(attempt);
      try {
        put(fs, path, content);
        return true;
      } catch (IOException answer) {
        LOG.debug("{} answered to a conditional create of {}", answer.getMessage(), path);
        last = answer;
      }
      byte[] present = readIfPresent(fs, path);
      if (present != null) {
        return Arrays.equals(present, content);
      }
      if (isDenied(last)) {
        throw last;
      }
    }
    throw new IOException("could not create " + path + " in " + ATTEMPTS + " attempts", last);
  }

  private static void put(FileSystem fs, Path path, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> create = fs.createFile(path);
    create.overwrite(false);
    create.recursive();
    create.must(CONDITIONAL, true);
    // The store is asked when the stream is closed.
    try (FSDataOutputStream out = create.build()) {
      out.write(content);
    }
  }

  private static byte @Nullable [] readIfPresent(FileSystem fs, Path path) throws IOException {
    try (FSDataInputStream in = fs.open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  private static boolean isDenied(IOException answer) {
    return answer instanceof java.nio.file.AccessDeniedException;
  }

  private static void pauseBefore(int attempt) {
    if (attempt > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MS << attempt));
    }
  }

  /** A hard link either appears with the whole content or fails because the name is taken. */
  private static boolean createLocally(Path path, byte[] content) throws IOException {
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
    Files.createDirectories(folder);
    java.nio.file.Path draft =
        folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.createLink(target, draft);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return Arrays.equals(Files.readAllBytes(target), content);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
