package dev.assay.release;

import dev.assay.config.TableName;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import dev.assay.table.LakePaths;
import dev.assay.table.ReadOnlyTable;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A read-only Spark catalog in which {@code <pipeline>.<table>} is the table at its released
 * version. A session pins each pipeline's release at first use, so that its queries agree with each
 * other.
 *
 * <p>{@code VERSION AS OF} is the table's Delta version; {@code TIMESTAMP AS OF} picks the release
 * of that time. Options: {@code root}, the lake; {@code release}, a number, or {@code as-of}, an
 * instant, instead of the newest release.
 */
public final class ReleaseCatalog implements TableCatalog, SupportsNamespaces {
  private static final long MICROS_A_SECOND = 1_000_000L;
  private static final long NANOS_A_MICRO = 1_000L;

  private String name = "";
  private CaseInsensitiveStringMap options = CaseInsensitiveStringMap.empty();
  private final Map<String, Release> pinned = new ConcurrentHashMap<>();

  @Override
  public void initialize(String catalogName, CaseInsensitiveStringMap catalogOptions) {
    this.name = catalogName;
    this.options = catalogOptions;
  }

  @Override
  public String name() {
    return name;
  }

  /** The number of the release that is read, if it has a table. */
  public Optional<Long> release(TableName table) {
    return pin(table.pipeline())
        .filter(release -> release.tables().containsKey(table.table()))
        .map(Release::number);
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    return released(identifier, pinned(identifier));
  }

  @Override
  public Table loadTable(Identifier identifier, String version) throws NoSuchTableException {
    Release.TableVersion table = find(identifier, pinned(identifier));
    if (!version.matches("[0-9]{1,18}")) {
      throw new UnsupportedOperationException(
          "VERSION AS OF '" + version + "' is no version of a table; write a number");
    }
    Release.TableVersion wanted = new Release.TableVersion(table.stage(), Long.parseLong(version));
    requireKept(identifier, wanted);
    return at(identifier, wanted);
  }

  /** What is older than every release that is kept may still be there, for a model. */
  private void requireKept(Identifier identifier, Release.TableVersion wanted) {
    TableName name = new TableName(identifier.namespace()[0], identifier.name());
    boolean isOfRelease =
        log(name.pipeline())
            .oldest()
            .map(release -> release.tables().get(name.table()))
            .map(oldest -> oldest.version() <= wanted.version())
            .orElse(true);
    if (!isOfRelease) {
      new TableVersions(lake())
          .requireReadable(TableLayout.ofFiles(wanted.stage(), name), wanted.version());
    }
  }

  @Override
  public Table loadTable(Identifier identifier, long timestampMicros) throws NoSuchTableException {
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(timestampMicros, MICROS_A_SECOND),
            Math.floorMod(timestampMicros, MICROS_A_SECOND) * NANOS_A_MICRO);
    Release release =
        log(pipelineOf(identifier))
            .asOf(time)
            .orElseThrow(() -> new NoSuchTableException(identifier));
    return released(identifier, release);
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length != 1) {
      throw new NoSuchNamespaceException(namespace);
    }
    return pin(namespace[0])
        .map(Release::tables)
        .orElseThrow(() -> new NoSuchNamespaceException(namespace))
        .keySet()
        .stream()
        .sorted()
        .map(table -> Identifier.of(namespace, table))
        .toArray(Identifier[]::new);
  }

  @Override
  public String[][] listNamespaces() {
    return ReleaseLog.pipelines(lake()).stream()
        .map(pipeline -> new String[] {pipeline})
        .toArray(String[][]::new);
  }

  @Override
  public String[][] listNamespaces(String[] namespace) {
    return namespace.length == 0 ? listNamespaces() : new String[0][];
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    if (namespace.length != 1) {
      throw new NoSuchNamespaceException(namespace);
    }
    Release release = pin(namespace[0]).orElseThrow(() -> new NoSuchNamespaceException(namespace));
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("release", Long.toString(release.number()));
    metadata.put("sealed_at", release.sealedAt().toString());
    return metadata;
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw readOnly();
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata) {
    throw readOnly();
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    throw readOnly();
  }

  private Release pinned(Identifier identifier) throws NoSuchTableException {
    return pin(pipelineOf(identifier)).orElseThrow(() -> new NoSuchTableException(identifier));
  }

  private Optional<Release> pin(String pipeline) {
    Release release = pinned.get(pipeline);
    if (release == null) {
      LakeFormat.requireKnown(lake());
      Optional<Release> found = chosen(log(pipeline));
      found.ifPresent(first -> pinned.putIfAbsent(pipeline, first));
      return Optional.ofNullable(pinned.get(pipeline));
    }
    return Optional.of(release);
  }

  private Optional<Release> chosen(ReleaseLog log) {
    if (options.containsKey("release")) {
      return Optional.of(log.existing(options.getLong("release", 0)));
    }
    if (options.containsKey("as-of")) {
      return log.asOf(Instant.parse(options.get("as-of")));
    }
    return log.latest();
  }

  private Table released(Identifier identifier, Release release) throws NoSuchTableException {
    return at(identifier, find(identifier, release));
  }

  private static Release.TableVersion find(Identifier identifier, Release release)
      throws NoSuchTableException {
    Release.TableVersion table = release.tables().get(identifier.name());
    if (table == null) {
      throw new NoSuchTableException(identifier);
    }
    return table;
  }

  private Table at(Identifier identifier, Release.TableVersion table) {
    TableName tableName = new TableName(identifier.namespace()[0], identifier.name());
    return new ReadOnlyTable(
        SparkSession.active(),
        lake().path(LakePaths.table(table.stage(), tableName)),
        tableName.toString(),
        table.version());
  }

  private static String pipelineOf(Identifier identifier) throws NoSuchTableException {
    if (identifier.namespace().length != 1) {
      throw new NoSuchTableException(identifier);
    }
    return identifier.namespace()[0];
  }

  private ReleaseLog log(String pipeline) {
    return new ReleaseLog(lake(), pipeline);
  }

  private LakeStore lake() {
    return new LakeStore(
        options.getOrDefault("root", ""), SparkSession.active().sessionState().newHadoopConf());
  }

  private UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException(
        "the catalog "
            + name
            + " is read-only: tables change only by a stage's publication (assay run)");
  }
}
