package dev.assay.table;

import dev.assay.store.ConditionalLogStore;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The Kernel's files, with logs listed as in Spark: from a path on, and no more. To name the log
 * store in a setting would not do: the Kernel's loader does not see the JAR of a stage.
 */
final class LogFiles extends HadoopFileIO {
  private final Configuration conf;
  private final ConditionalLogStore logs;

  LogFiles(Configuration conf) {
    super(conf);
    this.conf = conf;
    this.logs = new ConditionalLogStore(conf);
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
    return Utils.toCloseableIterator(logs.listFrom(new Path(path), conf))
        .map(
            file ->
                FileStatus.of(
                    file.getPath().toString(), file.getLen(), file.getModificationTime()));
  }
}
