package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.OnlineRetail;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conf says of a server that is told of trainings. */
class TrackingConfigTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:5000, http://127.0.0.1:5000",
    "http://127.0.0.1:5000/, http://127.0.0.1:5000",
    "https://example.org/mlflow//, https://example.org/mlflow",
  })
  void anAddressHasNoSlashAtItsEnd(String written, String address) {
    assertThat(OnlineRetail.config(Map.of("mlflow.tracking-uri", written)).tracking().mlflow())
        .isEqualTo(address);
  }

  @Test
  void anAddressHasNoPassword() {
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () -> OnlineRetail.config(Map.of("mlflow.tracking-uri", "http://ann:secret@host")));

    assertThat(refusal).hasMessageContaining("is no address of a server");
  }
}
