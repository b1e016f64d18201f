package dev.assay.audit;

import java.time.LocalDate;
import java.util.List;

/**
 * Into which groups the rows of a table-day are counted, by a date that each of them has.
 *
 * @param name what the groups are of: the landing that rows came with, or the table that takes them
 * @param column the date column of the rows, which need not be one of the contract
 * @param dates the groups; a row of another date is in none
 * @param hashed the columns whose content a group's hash is of
 */
public record Grouping(String name, String column, List<LocalDate> dates, List<String> hashed) {}
