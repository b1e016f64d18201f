package dev.assay.model;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trained models of a pipeline, {@code models/<pipeline>/<model>/<version>}: a folder a try at
 * saving it, and {@code record.json}, created once, which says which of them is whole. So a save
 * that was killed leaves nothing that counts, and two that race leave one.
 */
public final class ModelStore {
  private static final String ROOT = "models/";
  private static final String RECORD = "/record.json";

  private final LakeStore lake;
  private final String pipeline;

  public ModelStore(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** The names of the models that were ever trained. */
  public List<String> models() {
    return lake.names(ROOT + pipeline);
  }

  /** The record of a version, if it was saved whole. */
  public Optional<ModelRecord> find(String model, String version) {
    String path = folder(model, version) + RECORD;
    return lake.read(path).map(json -> Json.read(json, ModelRecord.class, path));
  }

  /**
   * The record of a version.
   *
   * @throws AssayException with USAGE if there is none
   */
  public ModelRecord existing(String model, String version) {
    return find(model, version)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    pipeline
                        + " has no model "
                        + model
                        + " of version '"
                        + version
                        + "'; assay models list --pipeline "
                        + pipeline
                        + " shows those that there are"));
  }

  /** Every version of a model that was saved whole, oldest day first. */
  public List<ModelRecord> versions(String model) {
    return folders(model).stream()
        .map(version -> find(model, version))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(ModelRecord::asOf).thenComparing(ModelRecord::trainedAt))
        .toList();
  }

  /** Whether what a record tells of is there still. */
  boolean isSaved(ModelRecord record) {
    return !lake.files(record.path()).isEmpty();
  }

  /** Every version of a model that was begun to be saved. */
  public List<String> folders(String model) {
    return lake.names(ROOT + pipeline + "/" + model);
  }

  /** Where a version was tried to be saved, below the lake's root. */
  public List<String> places(String model, String version) {
    String folder = folder(model, version);
    return lake.names(folder).stream()
        .map(name -> "/" + name)
        .filter(name -> !name.equals(RECORD))
        .map(folder::concat)
        .toList();
  }

  /** Where a try at saving a version saves it, below the lake's root. */
  public String place(String model, String version, String attempt) {
    return folder(model, version) + "/" + attempt;
  }

  /** The full path of a place in the lake. */
  public String fullPath(String place) {
    return lake.path(place).toString();
  }

  /**
   * Says that a version is saved whole.
   *
   * @return its record: this, or the one that was there first
   */
  public ModelRecord keep(ModelRecord record) {
    String path = folder(record.model(), record.version()) + RECORD;
    return lake.createIfAbsent(path, Json.bytes(record))
        ? record
        : existing(record.model(), record.version());
  }

  /** Says that a version whose save was gone or damaged is saved whole again, as this. */
  public void replace(ModelRecord record) {
    lake.overwrite(folder(record.model(), record.version()) + RECORD, Json.bytes(record));
  }

  private String folder(String model, String version) {
    return ROOT + pipeline + "/" + model + "/" + version;
  }
}
