package dev.assay.plan;

import dev.assay.config.Stage;
import java.util.List;

/**
 * Table-days of a stage that are made side by side and become visible by one release, but where
 * what some come to decides what others are made from: these come after them, by another.
 *
 * @param stage the stage
 * @param steps what it settles, by date, then table
 * @param again whether what is current is made again, too
 */
public record Batch(Stage stage, List<Step> steps, boolean again) {}
