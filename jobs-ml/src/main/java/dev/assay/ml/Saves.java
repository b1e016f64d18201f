package dev.assay.ml;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.ml.PipelineModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of models as Spark ML saves them, each in a place that its record names. */
record Saves(ModelStore store) {
  private static final Logger LOG = LoggerFactory.getLogger(Saves.class);

  /** A place that nothing was saved in. */
  String place(String model, String version) {
    return store.place(model, version, UUID.randomUUID().toString());
  }

  /**
   * Saves a version, and says then that it is whole.
   *
   * @return its record: this, or that of the same version that was saved before, which stays as
   *     long as its save can be loaded
   */
  ModelRecord keep(ModelRecord record, PipelineModel pipeline) {
    Optional<ModelRecord> known = store.find(record.model(), record.version());
    if (known.isPresent() && isWhole(known.get())) {
      if (!known.get().metrics().equals(record.metrics())) {
        LOG.warn(
            "{} was learned again from the same rows, and is not the same: {}, not {}; the first"
                + " stays",
            record.version(),
            record.metrics(),
            known.get().metrics());
      }
      return known.get();
    }
    String path = store.fullPath(record.path());
    try {
      pipeline.save(path);
    } catch (IOException e) {
      throw new UncheckedIOException("could not save the model to " + path, e);
    }
    if (known.isPresent()) {
      // Beside what was there, since that it could not be read may pass.
      store.replace(record);
      return record;
    }
    return store.keep(record);
  }

  /**
   * Loads a version.
   *
   * @param day the business date that it is champion of
   * @throws AssayException with USAGE if there is none; with UNEXPECTED if it cannot be read; with
   *     STORE_UNREACHABLE if the store cannot
   */
  SavedModel load(String model, String version, LocalDate day) {
    ModelRecord record = store.existing(model, version);
    try {
      return new SavedModel(record, read(record));
    } catch (Exception unreadable) {
      // Scala throws what Java would have to declare.
      requireReached(unreadable);
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "version "
              + version
              + " of "
              + model
              + " cannot be loaded from "
              + store.fullPath(record.path())
              + ": "
              + unreadable.getMessage()
              + "; to run "
              + record.asOf()
              + " again saves it again if its inputs are the same, and assay models promote, with"
              + " --from "
              + day
              + ", makes another the champion",
          unreadable);
    }
  }

  private boolean isWhole(ModelRecord record) {
    try {
      read(record);
      return true;
    } catch (Exception unreadable) {
      requireReached(unreadable);
      LOG.warn(
          "{} cannot be loaded from {}, and is saved anew",
          record.version(),
          store.fullPath(record.path()),
          unreadable);
      return false;
    }
  }

  /** What the store did not give says nothing of what is stored. */
  private static void requireReached(Exception unreadable) {
    AssayException failure = Failures.explain(unreadable);
    if (failure.exitCode() == ExitCode.STORE_UNREACHABLE) {
      throw failure;
    }
  }

  private PipelineModel read(ModelRecord record) {
    return PipelineModel.load(store.fullPath(record.path()));
  }
}
