-- Searches for what people search for: each line of BENCH_WORDS is a query, ready for the URL.
local queries = {}
for line in io.lines(os.getenv("BENCH_WORDS")) do
  queries[#queries + 1] = line
end
local turn = 0
request = function()
  turn = turn % #queries + 1
  return wrk.format("GET", "/api/v1/tickets/?search=" .. queries[turn])
end
