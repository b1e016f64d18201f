-- A business date has the newest file not after it.
WITH newest AS (
  SELECT day AS as_of, max(landing_date) AS landing_date
  FROM business_days JOIN customers_raw ON landing_date <= day
  GROUP BY as_of
)
SELECT DISTINCT
  as_of,
  whole(CustID) AS customer_id,
  Name AS name,
  whole(Gender) AS gender,
  nullif(Address, '') AS address,
  nullif(zip, '') AS zip,
  CAST(strptime(SignDate, '%m/%d/%Y') AS DATE) AS signed_on,
  ['closed', 'active'][1 + whole(Status)] AS status,
  ['Free', 'Silver', 'Gold'][1 + whole(Level)] AS level,
  ['NONE', '30DAYFREE', 'SUPERBOWL', 'RETAILSTORE', 'WEBOFFER'][1 + whole(Campaign)] AS campaign,
  LinkedWithApps = '1' AS linked_with_apps
FROM newest JOIN customers_raw USING (landing_date)
WHERE whole(Gender) IN (0, 1) AND Name <> '' AND status IS NOT NULL AND level IS NOT NULL AND campaign IS NOT NULL
