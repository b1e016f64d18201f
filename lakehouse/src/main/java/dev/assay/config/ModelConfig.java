package dev.assay.config;

import com.typesafe.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that an ml stage trains and scores with.
 *
 * @param name the model's name
 * @param inputs names, within the pipeline, of the tables it reads
 * @param windowDays how many days of each input it reads, the last of them being the business date
 * @param learned its own tables that are made on the days on which it learns: they say what it
 *     learned
 * @param retrainGrowth by what share more rows than it learned from this week make it learn again
 *     before the next
 * @param className the class in {@code jobs-ml} that trains and scores it
 * @param examples the query for the rows that it learns from; null where a class has them
 * @param subjects the query for the rows that it says something of; null if they are the examples
 * @param gate what a challenger must pass
 * @param parameters what that class reads: features, seeds, bounds
 */
public record ModelConfig(
    String name,
    List<String> inputs,
    int windowDays,
    List<String> learned,
    double retrainGrowth,
    String className,
    @Nullable String examples,
    @Nullable String subjects,
    GateConfig gate,
    Config parameters) {}
