package dev.assay.plan;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.feed.Landed;
import dev.assay.feed.Landing;
import dev.assay.ledger.Basis;
import dev.assay.model.Champions;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What table-days would be made from now. */
final class Bases {
  private final PipelineConfig pipeline;
  private final Lineage lineage;
  private final Contents contents;
  private final Landed landed;
  private final Transforms transforms;
  private final Function<String, Champions> champions;
  private final Map<String, String> transformOf = new HashMap<>();

  Bases(
      PipelineConfig pipeline,
      Lineage lineage,
      Contents contents,
      Landed landed,
      Transforms transforms,
      Function<String, Champions> champions) {
    this.pipeline = pipeline;
    this.lineage = lineage;
    this.contents = contents;
    this.landed = landed;
    this.transforms = transforms;
    Map<String, Champions> read = new HashMap<>();
    this.champions = model -> read.computeIfAbsent(model, champions);
  }

  Basis of(TableContract contract, LocalDate day) {
    Map<String, String> inputs = new TreeMap<>();
    for (Source source : lineage.sources(contract, day)) {
      inputs.put(source.name(), fingerprint(source));
    }
    return new Basis(
        transformOf.computeIfAbsent(contract.name().table(), table -> transform(contract)),
        new TreeMap<>(inputs));
  }

  /** Whether something was made of a basis; of a transform that is not here, nothing is known. */
  static boolean isSame(Basis made, Basis now) {
    return now.transform().isEmpty() ? made.inputs().equals(now.inputs()) : made.equals(now);
  }

  private String transform(TableContract contract) {
    String text = transforms.of(contract);
    return text == null ? "" : Contents.fingerprint(text);
  }

  private String fingerprint(Source source) {
    if (source instanceof Source.Files files) {
      return fingerprint(landed.of(pipeline.feed(files.feed()), files.day()));
    }
    if (source instanceof Source.Champion champion) {
      return champions.apply(champion.model()).basis(champion.day());
    }
    return source instanceof Source.Days days
        ? contents.of(days)
        : contents.of((Source.Parts) source);
  }

  private static String fingerprint(Landing landing) {
    return landing.files().isEmpty()
        ? "none"
        : Contents.fingerprint(
            landing.files().stream()
                .map(file -> file.name() + " " + file.length() + " " + file.modified())
                .collect(Collectors.joining("\n")));
  }
}
