-- Leases a chat that is still due, so that one replica alone gets it.
-- KEYS  1 mail   2 walk   3 due
-- ARGV  1 name in due   2 minute now   3 minute at which the lease runs out
-- Returns mail and walk, or nothing when it is not due (any more) or has expired.
local at = redis.call('ZSCORE', KEYS[3], ARGV[1])
if not at or tonumber(at) > tonumber(ARGV[2]) then return {} end
local got = redis.call('MGET', KEYS[1], KEYS[2])
if not got[1] then
  redis.call('ZREM', KEYS[3], ARGV[1])
  return {}
end
redis.call('ZADD', KEYS[3], 'XX', ARGV[3], ARGV[1])
return got
