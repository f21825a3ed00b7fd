-- Creates tickets, no two alike.
local turn = 0
local words = { "printer", "mailbox", "invoice", "password", "network", "laptop", "badge", "calendar", "scanner", "monitor" }
local headers = { ["Content-Type"] = "application/json" }
for name, value in pairs(wrk.headers) do headers[name] = value end
request = function()
  turn = turn + 1
  local word, other = words[turn % 10 + 1], words[(turn * 7) % 10 + 1]
  local body = string.format(
    '{"title":"The %s on floor %d does not work","description":"Since this morning, case %d. The %s beside it does.","priority":"medium","category":"technical"}',
    word, turn % 40, turn, other)
  return wrk.format("POST", os.getenv("BENCH_PATH"), headers, body)
end
