package dev.assay.gold.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Where a computation does not come to an end. */
class NoEstimateTest {

  @Test
  void aLikelihoodThatOnlyGrowsIsRefused() {
    AtomicLong evaluations = new AtomicLong();

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                MaximumLikelihood.estimate("test", 2, parameters -> evaluations.incrementAndGet()));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessageContaining("of the test model did not settle in 20000 evaluations")
        .hasMessageContaining("min-repeat-customers");
  }

  @Test
  void aSeriesThatDoesNotEndIsRefused() {
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> Hypergeometric.of(1, 1, 2, Math.nextDown(1.0)));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessageContaining("2F1(1.0, 1.0; 2.0; 0.9999999999999999)")
        .hasMessageContaining("horizon-days");
  }

  @Test
  void aLongSeriesIsSummed() {
    double z = 0.999;

    assertThat(Hypergeometric.of(1, 1, 2, z)).isEqualTo(-Math.log1p(-z) / z, within(1e-9));
  }
}
