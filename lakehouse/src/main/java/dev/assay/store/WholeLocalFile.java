package dev.assay.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** A file in a local folder: written beside its name, brought to the disk, and then renamed. */
final class WholeLocalFile implements WholeFile {
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path folder;
  private final Path draft;
  private final Existing existing;
  private final FileChannel channel;
  private final OutputStream out;

  private WholeLocalFile(
      Path target, Path folder, Path draft, Existing existing, FileChannel channel) {
    this.target = target;
    this.folder = folder;
    this.draft = draft;
    this.existing = existing;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  static WholeLocalFile begin(Path target, Existing existing) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
    Files.createDirectories(folder);
    Path draft = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new WholeLocalFile(target, folder, draft, existing, channel);
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void keep() throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
    if (existing == Existing.REPLACED) {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      link();
    }
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** A rename would replace what got the name meanwhile; a link does not. */
  private void link() throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException taken) {
      throw WholeFile.isThere(target, taken);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
