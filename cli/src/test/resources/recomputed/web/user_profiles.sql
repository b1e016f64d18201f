-- A user each, of the newest state not after the business date.
WITH newest AS (
  SELECT day AS as_of, max(landing_date) AS landing_date
  FROM business_days JOIN user_profiles_raw ON landing_date <= day
  GROUP BY as_of
)
SELECT
  as_of,
  user_id,
  TRY_CAST(signed_up_at AS TIMESTAMP) AS signed_up_at,
  nullif(country, '') AS country,
  nullif(age_group, '') AS age_group,
  nullif(gender, '') AS gender,
  plan,
  nullif(email, '') AS email
FROM newest JOIN user_profiles_raw USING (landing_date)
WHERE user_id <> '' AND TRY_CAST(signed_up_at AS TIMESTAMP) IS NOT NULL AND plan IN ('free', 'plus', 'pro')
