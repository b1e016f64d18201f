package dev.assay.ledger;

import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The conf and the JARs that a pipeline's table-days were made by, so that they can be made again
 * as they were: {@code _assay/recipes/<pipeline>/<hash>.json} and {@code <hash>.jar}.
 */
public final class Recipes {
  private static final int SHORT_HASH = 16;

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
   */
  public Recipe keep(Class<?> code, String conf) {
    Recipe recipe = new Recipe(CodeVersion.of(code), hash(conf));
    keep(conf(recipe), () -> conf.getBytes(StandardCharsets.UTF_8));
    CodeVersion.jar(code).ifPresent(jar -> keep(jar(recipe), () -> content(jar)));
    return recipe;
  }

  private interface Content {
    byte[] bytes();
  }

  private void keep(String name, Content content) {
    if (kept.contains(name)) {
      return;
    }
    if (!lake.exists(folder + name)) {
      lake.createIfAbsent(folder + name, content.bytes());
    }
    kept.add(name);
  }

  private static byte[] content(Path jar) {
    try {
      return Files.readAllBytes(jar);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + jar, e);
    }
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
   * @param youngFrom what is younger stays, too: a run may be about to use it
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

  private static String hash(String conf) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(conf.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHORT_HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
