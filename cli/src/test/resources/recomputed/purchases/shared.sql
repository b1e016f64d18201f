-- The attributes of a purchase, each as a row of its own: all, a customer's, and the product's category.
CREATE MACRO attributes(names) AS TABLE
  SELECT as_of, attribute, value, user_id, product_category_1, purchase
  FROM (
    SELECT as_of, user_id, product_category_1, purchase, unnest([
      {attribute: 'all', value: 'all'},
      {attribute: 'gender', value: gender},
      {attribute: 'age', value: age},
      {attribute: 'occupation', value: CAST(occupation AS VARCHAR)},
      {attribute: 'city_category', value: city_category},
      {attribute: 'stay_in_current_city_years', value: stay_in_current_city_years},
      {attribute: 'marital_status', value: CAST(marital_status AS VARCHAR)},
      {attribute: 'product_category_1', value: CAST(product_category_1 AS VARCHAR)}
    ], recursive := true)
    FROM purchases
  )
  WHERE list_contains(names, attribute);

-- The numeric columns of a purchase. An age counts by its band's first year, 4+ as 4.
CREATE MACRO numbers_of(age, marital_status, occupation, first, second, third, purchase, stay) AS [
  {variable: 'age', scale: 'ordinal', value: TRY_CAST(regexp_extract(age, '^[0-9]+') AS DOUBLE)},
  {variable: 'marital_status', scale: 'nominal', value: CAST(marital_status AS DOUBLE)},
  {variable: 'occupation', scale: 'nominal', value: CAST(occupation AS DOUBLE)},
  {variable: 'product_category_1', scale: 'nominal', value: CAST(first AS DOUBLE)},
  {variable: 'product_category_2', scale: 'nominal', value: CAST(second AS DOUBLE)},
  {variable: 'product_category_3', scale: 'nominal', value: CAST(third AS DOUBLE)},
  {variable: 'purchase', scale: 'ratio', value: CAST(purchase AS DOUBLE)},
  {variable: 'stay_in_current_city_years', scale: 'ordinal', value: TRY_CAST(regexp_extract(stay, '^[0-9]+') AS DOUBLE)}
];

CREATE MACRO numbers_of_each() AS TABLE
  SELECT
    as_of,
    numbers_of(
      age, marital_status, occupation, product_category_1, product_category_2, product_category_3, purchase,
      stay_in_current_city_years
    ) AS numbers
  FROM purchases;

-- Each as a row of its own.
CREATE MACRO numbers() AS TABLE
  SELECT as_of, unnest(numbers, recursive := true) FROM numbers_of_each();
