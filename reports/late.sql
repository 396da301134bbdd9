-- Days of closed months of which something has arrived since they were billed: whether a bill has to be made again.
--
-- {{events}}   the view over the lake, or its raw tables alone
-- {{arrived}}  when the object of an event arrived: 'YYYY-MM-DD-HH-MM-SS', UTC
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read
--   3  first partition dt of raw events to read, whose dt is the day of their arrival
--   4  arrival from here on, as {{arrived}} is written
--   5  start of the first closed month
--   6  end of the last closed month
--
-- One statement for Athena (Trino) and DuckDB.
SELECT
  CAST(CAST(billing_time AS DATE) AS VARCHAR) AS day,
  CAST(count(*) AS BIGINT) AS arrivals
FROM {{events}}
WHERE dt >= ? AND until_dt <= ?
  AND (until_dt <> '' OR dt >= ?)
  AND {{arrived}} >= ?
  AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
GROUP BY CAST(CAST(billing_time AS DATE) AS VARCHAR)
ORDER BY day NULLS LAST
