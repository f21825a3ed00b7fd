-- One ticket after another, at random. BENCH_PATH has %d in the place of the id, BENCH_TICKETS is the highest.
local path, tickets = os.getenv("BENCH_PATH"), tonumber(os.getenv("BENCH_TICKETS"))
math.randomseed(7)
request = function()
  return wrk.format("GET", string.format(path, math.random(tickets)))
end
