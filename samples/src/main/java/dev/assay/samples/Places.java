package dev.assay.samples;

import java.util.Arrays;
import java.util.List;

/** Countries and their cities. */
enum Places {
  KR(40, "Seoul", "Busan", "Incheon", "Daegu", "Daejeon"),
  US(30, "New York", "Los Angeles", "Chicago", "Houston", "Seattle"),
  JP(20, "Tokyo", "Osaka", "Nagoya", "Fukuoka", "Sapporo"),
  CN(10, "Beijing", "Shanghai", "Shenzhen", "Guangzhou", "Chengdu");

  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
  private final List<String> cities;

  Places(int weight, String... cities) {
    this.weight = weight;
    this.cities = List.of(cities);
  }

  /** A country, more often one with more people in it. */
  static Places draw(Draws draws) {
    return values()[draws.pick(Arrays.stream(values()).mapToInt(place -> place.weight).toArray())];
  }

  /** A city of it, more often one of the first. */
  String city(Draws draws) {
    return cities.get(draws.pick(5, 3, 2, 1, 1));
  }
}
