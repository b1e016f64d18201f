package dev.assay.ml;

import dev.assay.model.ModelRecord;
import org.apache.spark.ml.PipelineModel;

/**
 * A version of a model as it was saved.
 *
 * @param record what is known of it
 * @param pipeline from rows to what it says of them, whole
 */
public record SavedModel(ModelRecord record, PipelineModel pipeline) {}
