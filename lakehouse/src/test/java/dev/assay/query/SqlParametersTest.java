package dev.assay.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
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

  @Test
  void theKeysThatAQueryNamesAreThoseOfItsParametersOutsideOfTexts() {
    SqlQuery query =
        new SqlQuery(
            "test.mart",
            "SELECT ':other', a::int -- :other\nWHERE n > :at_least AND day = :date",
            ConfigFactory.parseString("at-least = 3, other = 4, int = 5"));

    assertThat(query.named()).containsExactly("at-least");
  }

  private static String in(String sql, String parameters) {
    return SqlParameters.of(
            "test.mart", ConfigFactory.parseString(parameters), DAY, DAY.minusDays(1))
        .in(sql);
  }
}
