package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.model.ModelRecord;
import dev.assay.testing.TestModels;
import java.time.LocalDate;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SchemasTest {
  /** Reads {@code id INT}. */
  private final ModelRecord record =
      TestModels.record("test", "model", "v", LocalDate.EPOCH, new TreeMap<>());

  @Test
  void rowsWithItsColumnsAreRead() {
    assertThat(new Schemas(record).isReadIn(StructType.fromDDL("more STRING, id INT"))).isTrue();
  }

  @Test
  void rowsThatLackAColumnOrHaveItOfAnotherTypeAreRefused() {
    for (String rows : new String[] {"other INT", "id STRING"}) {
      AssayException refusal =
          catchThrowableOfType(
              AssayException.class, () -> new Schemas(record).require(StructType.fromDDL(rows)));

      assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refusal).hasMessageContaining("version v of test.model reads [id INT]");
    }
  }
}
