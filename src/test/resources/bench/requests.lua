-- Sends the requests of a file in turn: method, path, API key and body, tabs between them.
local requests = {}
local turn = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, key, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t?(.*)")
    local headers = { ["Authorization"] = "Bearer " .. key }
    if body == "" then
      body = nil
    else
      headers["Content-Type"] = "application/json"
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

-- One line for the bench to read: requests, seconds, p50 and p99 in milliseconds, failures.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %.6f %.3f %.3f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
