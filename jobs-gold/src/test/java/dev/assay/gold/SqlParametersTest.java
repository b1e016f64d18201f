package dev.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.Transform;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlParametersTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 31);

  @Test
  void datesAndParametersAreWrittenInAsLiterals() {
    assertThat(
            in(
                "SELECT :least, :name, :kinds FROM {sales} WHERE day BETWEEN :first AND :date",
                "least = 0.5, name = \"it's\", kinds = [sale, 2]"))
        .isEqualTo(
            "SELECT 0.5, 'it\\'s', 'sale', 2 FROM {sales} WHERE day BETWEEN DATE'2020-01-30' AND"
                + " DATE'2020-01-31'");
  }

  @Test
  void aDashInConfIsAnUnderscoreInSql() {
    assertThat(in("WHERE n > :at_least", "at-least = 3")).isEqualTo("WHERE n > 3");
  }

  @Test
  void textsCommentsAndCastsHaveNoParameters() {
    String sql = "SELECT date_format(t, 'HH:mm'), 'it''s :date', x::int -- not :this\nFROM t";

    assertThat(in(sql, "mm = 1, int = 2")).isEqualTo(sql);
  }

  @Test
  void aParameterWithoutAValueIsRefused() {
    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> in("WHERE n > :least", "most = 3"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessageContaining("test.mart has the parameter :least")
        .hasMessageContaining("[date, first, most]");
  }

  private static String in(String sql, String parameters) {
    Derivation.Computed computed =
        new Derivation.Computed(
            List.of(),
            new Transform.InClass("none"),
            new Cadence.Daily(1),
            ConfigFactory.parseString(parameters));
    MartInputs inputs =
        new MartInputs(
            TestSpark.session(),
            OnlineRetail.config(Map.of()).pipeline(),
            Contracts.computed("mart", computed),
            DAY,
            new FakeInputs());
    return SqlParameters.of(inputs).in(sql);
  }
}
