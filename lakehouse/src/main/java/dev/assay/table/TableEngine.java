package dev.assay.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The Kernel's engine, whose checkpoints say one thing of a file, the newest. By itself the Kernel
 * keeps that a file was removed, too, if it was added again later, as a rollback does; Spark takes
 * it to be removed then, and its rows are gone for readers.
 */
final class TableEngine extends DefaultEngine {
  private static final int ADD = SingleAction.CHECKPOINT_SCHEMA.indexOf("add");
  private static final int REMOVE = SingleAction.CHECKPOINT_SCHEMA.indexOf("remove");
  private static final int ADDED_PATH = AddFile.FULL_SCHEMA.indexOf("path");
  private static final int REMOVED_PATH = RemoveFile.FULL_SCHEMA.indexOf("path");

  private final ParquetHandler parquet;

  TableEngine(Configuration conf) {
    this(new LogFiles(conf));
  }

  private TableEngine(FileIO files) {
    super(files);
    this.parquet = new Checkpoints(files);
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }

  /** Nothing but checkpoints is written by the Kernel as one Parquet file. */
  private final class Checkpoints extends DefaultParquetHandler {
    Checkpoints(FileIO files) {
      super(files);
    }

    @Override
    public void writeParquetFileAtomically(
        String path, CloseableIterator<FilteredColumnarBatch> actions) throws IOException {
      Set<String> told = new HashSet<>();
      super.writeParquetFileAtomically(path, actions.map(batch -> untold(batch, told)));
    }
  }

  /** Less what is said of files of which something was: the Kernel goes from new to old. */
  private FilteredColumnarBatch untold(FilteredColumnarBatch batch, Set<String> told) {
    ColumnarBatch actions = batch.getData();
    boolean[] selected = new boolean[actions.getSize()];
    for (int row = 0; row < selected.length; row++) {
      if (isSelected(batch, row)) {
        String file = file(actions, row);
        selected[row] = file == null || told.add(file);
      }
    }
    return new FilteredColumnarBatch(
        actions,
        Optional.of(getExpressionHandler().createSelectionVector(selected, 0, selected.length)));
  }

  private static boolean isSelected(FilteredColumnarBatch batch, int row) {
    return batch
        .getSelectionVector()
        .map(selected -> !selected.isNullAt(row) && selected.getBoolean(row))
        .orElse(true);
  }

  /** The path of the file that an action is about, if it is about one. */
  private static @Nullable String file(ColumnarBatch actions, int row) {
    ColumnVector added = actions.getColumnVector(ADD);
    if (!added.isNullAt(row)) {
      return added.getChild(ADDED_PATH).getString(row);
    }
    ColumnVector removed = actions.getColumnVector(REMOVE);
    return removed.isNullAt(row) ? null : removed.getChild(REMOVED_PATH).getString(row);
  }
}
