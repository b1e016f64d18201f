package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.release.Release;
import java.util.Map;

/**
 * What a stage published.
 *
 * @param stage the stage
 * @param release the release that made it visible
 * @param published the table-days, with what their checks found
 */
public record StageResult(Stage stage, Release release, Map<TableDay, AuditReport> published) {}
