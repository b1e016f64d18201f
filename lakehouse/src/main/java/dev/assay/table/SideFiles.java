package dev.assay.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.store.Json;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Map$;

/**
 * Files that tasks write beside those of the table that they are there for, as rows come by: one
 * file a task, none where no row came. Nobody sees them until they are committed.
 *
 * <p>Of a task that fails, or is tried again, no file is told: what it wrote is of no table, and
 * maintenance removes it.
 */
final class SideFiles implements Serializable {
  private static final long serialVersionUID = 1;

  private final OutputWriterFactory writers;
  private final Broadcast<SerializableConfiguration> conf;
  private final CollectionAccumulator<SideFile> written;
  private final StructType columns;
  private final String folder;
  private final Map<String, String> partition;

  /** The file of the task that this copy is in. */
  private transient @Nullable OpenFile open;

  /** A file that a task has written. */
  private record SideFile(String path, long bytes, long modified, long records)
      implements Serializable {}

  private SideFiles(
      OutputWriterFactory writers,
      Broadcast<SerializableConfiguration> conf,
      CollectionAccumulator<SideFile> written,
      StructType columns,
      String folder,
      Map<String, String> partition) {
    this.writers = writers;
    this.conf = conf;
    this.written = written;
    this.columns = columns;
    this.folder = folder;
    this.partition = partition;
  }

  /**
   * Files of one part of a table.
   *
   * @param folder the table's, with its scheme
   * @param partition the values of the table's partition columns, in their order; none needs
   *     escaping
   */
  static SideFiles of(
      SparkSession spark, String folder, TableLayout layout, Map<String, String> partition) {
    StructType columns =
        new StructType(
            Arrays.stream(layout.schema().fields())
                .filter(column -> !partition.containsKey(column.name()))
                .toArray(StructField[]::new));
    try {
      Job job = Job.getInstance(spark.sessionState().newHadoopConf());
      OutputWriterFactory writers =
          new ParquetFileFormat().prepareWrite(spark, job, Map$.MODULE$.empty(), columns);
      return new SideFiles(
          writers,
          SerializableConfiguration.broadcast(spark.sparkContext(), job.getConfiguration()),
          spark.sparkContext().collectionAccumulator(),
          columns,
          folder,
          partition);
    } catch (IOException e) {
      throw new UncheckedIOException("could not prepare to write to " + folder, e);
    }
  }

  /**
   * Adds a row to the file of the running task.
   *
   * @param row the table's columns but those of its partition
   */
  void add(InternalRow row) {
    if (open == null) {
      open = new OpenFile(TaskContext.get());
    }
    open.add(row);
  }

  /** The files of the tasks that have ended well. */
  WrittenFiles files() {
    List<String> actions = new ArrayList<>();
    long records = 0;
    for (SideFile file : written.value()) {
      actions.add(action(file));
      records += file.records();
    }
    return new WrittenFiles(actions, records);
  }

  private String action(SideFile file) {
    ObjectNode action = Json.object();
    ObjectNode add = action.putObject("add");
    add.put("path", file.path());
    ObjectNode values = add.putObject("partitionValues");
    partition.forEach(values::put);
    add.put("size", file.bytes())
        .put("modificationTime", file.modified())
        .put("dataChange", true)
        .put("stats", Json.object().put("numRecords", file.records()).toString());
    return action.toString();
  }

  /** A file that is being written, until its task completes. */
  private final class OpenFile {
    private final Configuration taskConf = conf.value().value();
    private final String name;
    private final OutputWriter writer;
    private long records;

    OpenFile(TaskContext task) {
      TaskAttemptContext attempt = new TaskAttemptContextImpl(taskConf, attemptId(task));
      name =
          partition.entrySet().stream()
                  .map(value -> value.getKey() + "=" + value.getValue() + "/")
                  .collect(Collectors.joining())
              + String.format(Locale.ROOT, "part-%05d-", task.partitionId())
              + UUID.randomUUID()
              + writers.getFileExtension(attempt);
      writer = writers.newInstance(folder + "/" + name, columns, attempt);
      // Before Spark gathers what the task's accumulators hold; what fails here fails the task.
      TaskCompletionListener closing = ended -> close(!ended.isFailed());
      task.addTaskCompletionListener(closing);
    }

    void add(InternalRow row) {
      writer.write(row);
      records++;
    }

    private void close(boolean isToBeTold) {
      writer.close();
      if (isToBeTold) {
        tell();
      }
    }

    private void tell() {
      Path path = new Path(folder, name);
      try {
        FileStatus file = path.getFileSystem(taskConf).getFileStatus(path);
        written.add(new SideFile(name, file.getLen(), file.getModificationTime(), records));
      } catch (IOException e) {
        throw new UncheckedIOException("could not look at " + path, e);
      }
    }

    private static TaskAttemptID attemptId(TaskContext task) {
      TaskID id = new TaskID("side", task.stageId(), TaskType.MAP, task.partitionId());
      return new TaskAttemptID(id, task.attemptNumber());
    }
  }
}
