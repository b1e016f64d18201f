package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop's ways to local files, by calls of the JDK. */
class LocalFilesTest {
  @TempDir private java.nio.file.Path folder;

  private final Configuration conf = new Configuration();
  private FileSystem files;
  private FileContext context;

  @BeforeEach
  void open() throws IOException {
    LocalFiles.settings(folder.toString()).forEach(conf::set);
    files = FileSystem.get(folder.toUri(), conf);
    context = FileContext.getFileContext(URI.create("file:///"), conf);
  }

  @Test
  void makesRenamesAndReadsWithoutAProcess() throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      write(files.create(path("by-system/a"), true));
      write(context.create(path("b.tmp"), EnumSet.of(CreateFlag.CREATE)));
      context.rename(path("b.tmp"), path("b"), Options.Rename.OVERWRITE);
      recording.stop();

      assertThat(processes(recording)).isEmpty();
    }
    assertThat(folder.resolve("by-system/a")).hasContent("content");
    assertThat(folder.resolve("b")).hasContent("content");
    assertThat(folder.resolve("b.tmp")).doesNotExist();
  }

  @Test
  void givesFilesTheirPermissions() throws IOException {
    Path file = path("mine");
    write(FileSystem.create(files, file, new FsPermission("640")));
    assertThat(permissions("mine")).isEqualTo("rw-r-----");

    files.setPermission(file, new FsPermission("700"));
    assertThat(permissions("mine")).isEqualTo("rwx------");
  }

  @Test
  void leavesAFolderTheBitsThatChmodLeavesIt() throws IOException {
    files.mkdirs(path("shared"));
    Files.setAttribute(folder.resolve("shared"), "unix:mode", 02755);

    files.setPermission(path("shared"), new FsPermission("750"));
    assertThat(mode("shared")).as("of its group's").isEqualTo(02750);

    files.setPermission(path("shared"), new FsPermission("1777"));
    assertThat(mode("shared")).as("sticky").isEqualTo(03777);
  }

  @Test
  void isForLakesThatAreFolders() {
    assertThat(LocalFiles.settings("s3a://lake/of/ours")).isEmpty();
    assertThat(LocalFiles.settings("file:///lake"))
        .isEqualTo(LocalFiles.settings(".lake"))
        .isNotEmpty();
  }

  @Test
  void looksThroughALinkAsHadoopDoes() throws IOException {
    Files.writeString(folder.resolve("target"), "content");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
    FileContext stock = FileContext.getFileContext(URI.create("file:///"), new Configuration());

    FileStatus link = context.getFileLinkStatus(path("link"));

    assertThat(link).isEqualTo(stock.getFileLinkStatus(path("link")));
    assertThat(link.getLen()).isEqualTo("content".length());
    assertThat(link.isSymlink()).isFalse();
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private int mode(String name) throws IOException {
    return (int) Files.getAttribute(folder.resolve(name), "unix:mode") & 07777;
  }

  private static void write(FSDataOutputStream out) throws IOException {
    try (out) {
      out.writeBytes("content");
    }
  }

  private List<RecordedEvent> processes(Recording recording) throws IOException {
    java.nio.file.Path dump = folder.resolve("recording.jfr");
    recording.dump(dump);
    return RecordingFile.readAllEvents(dump);
  }
}
