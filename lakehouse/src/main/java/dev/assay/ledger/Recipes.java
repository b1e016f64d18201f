package dev.assay.ledger;

import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conf and the JARs that a pipeline's table-days were made by, so that they can be made again
 * as they were: {@code _assay/recipes/<pipeline>/<hash>.json} and {@code <hash>.jar}.
 */
public final class Recipes {
  private static final Logger LOG = LoggerFactory.getLogger(Recipes.class);

  private final LakeStore lake;
  private final String folder;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  public Recipes(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.folder = "_assay/recipes/" + pipeline + "/";
  }

  /**
   * Keeps what is made by.
   *
   * @param code a class of the JAR
   * @param conf the pipeline's conf, as text
   * @param release the release that is read
   */
  public Recipe keep(Class<?> code, String conf, long release) {
    byte[] text = conf.getBytes(StandardCharsets.UTF_8);
    Recipe recipe = new Recipe(CodeVersion.of(code), Hashes.sha256(text), release);
    keep(conf(recipe), () -> Optional.of(text));
    CodeVersion.jar(code).ifPresent(jar -> keep(jar(recipe), () -> content(jar, recipe)));
    return recipe;
  }

  private void keep(String name, Supplier<Optional<byte[]>> content) {
    if (kept.add(name) && !lake.exists(folder + name)) {
      content.get().ifPresent(bytes -> lake.createIfAbsent(folder + name, bytes));
    }
  }

  /** The JAR that runs; empty if another took its place meanwhile, which must not be its copy. */
  private static Optional<byte[]> content(Path jar, Recipe recipe) {
    try {
      byte[] content = Files.readAllBytes(jar);
      if (CodeVersion.isOf(recipe.code(), content)) {
        return Optional.of(content);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read any more", jar, e);
    }
    LOG.warn("{} is no longer {}, of which no copy is kept", jar, recipe.code());
    return Optional.empty();
  }

  /** The pipeline's conf that was made by, if it is still there. */
  public Optional<String> confOf(Recipe recipe) {
    return lake.read(folder + conf(recipe))
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }

  /** The JAR that was made by, if it is still there. */
  public Optional<byte[]> jarOf(Recipe recipe) {
    return lake.read(folder + jar(recipe));
  }

  /** Where the lake has, or had, the JAR that was made by. */
  public String placeOf(Recipe recipe) {
    return lake.path(folder + jar(recipe)).toString();
  }

  /**
   * Removes what nothing is made by any more.
   *
   * @param needed the recipes that stay
   * @param youngFrom what is younger stays, too: a run that has begun will publish by it
   * @return how many objects went
   */
  public int removeAllBut(Collection<Recipe> needed, Instant youngFrom) {
    Set<String> names = new HashSet<>();
    for (Recipe recipe : needed) {
      names.add(conf(recipe));
      names.add(jar(recipe));
    }
    int removed = 0;
    for (StoredFile file : lake.files(folder)) {
      if (!names.contains(file.path()) && file.modified() < youngFrom.toEpochMilli()) {
        lake.delete(folder + file.path());
        removed++;
      }
    }
    return removed;
  }

  private static String conf(Recipe recipe) {
    return recipe.conf() + ".json";
  }

  private static String jar(Recipe recipe) {
    return CodeVersion.hash(recipe.code()) + ".jar";
  }
}
