package dev.assay.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * A model that an ml stage trains and scores with.
 *
 * @param name the model's name
 * @param inputs names, within the pipeline, of the tables it reads
 * @param learned its own tables that later days of the same week are scored with: they hold what it
 *     learned
 * @param className the class in {@code jobs-ml} that trains and scores it
 * @param parameters what that class reads: features, seeds, bounds
 */
public record ModelConfig(
    String name, List<String> inputs, List<String> learned, String className, Config parameters) {}
