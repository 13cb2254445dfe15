-- Writes a record if it is still the one that was read.
-- KEYS  1 mail   2 walk   3 due
-- ARGV  1 version read, "" for none          2 version to write
--       3 mail, beginning with that version  4 milliseconds to keep the record, 0 to remove it
--       5 walk                               6 milliseconds to keep it, 0 for no walk
--       7 name in due                        8 minute at which it is due, "" for never
-- Returns 1 when done, also when a retry finds it done already; 0 when somebody was faster.
-- MGET, unlike GET, takes a key of another type for absent.
local stored = redis.call('MGET', KEYS[1])[1]
stored = stored and string.sub(stored, 1, #ARGV[2]) or ''
local whole, walk = tonumber(ARGV[4]), tonumber(ARGV[6])
if stored == ARGV[2] or (stored == '' and whole == 0) then return 1 end
if stored ~= ARGV[1] then return 0 end

if whole == 0 then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('ZREM', KEYS[3], ARGV[7])
  return 1
end

-- Whole minutes of Redis' own clock: an expiry must not tell the second of a press.
-- The time to keep is rounded by itself: two that differ by half a minute would tell
-- together in which half the press was.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ends(ms) return string.format('%.0f', (math.ceil(now / 60000) + math.ceil(ms / 60000)) * 60000) end

redis.call('SET', KEYS[1], ARGV[3])
redis.call('PEXPIREAT', KEYS[1], ends(whole))
if walk == 0 then
  redis.call('DEL', KEYS[2])
else
  redis.call('SET', KEYS[2], ARGV[5])
  redis.call('PEXPIREAT', KEYS[2], ends(walk))
end
if ARGV[8] == '' then
  redis.call('ZREM', KEYS[3], ARGV[7])
else
  redis.call('ZADD', KEYS[3], ARGV[8], ARGV[7])
  -- The set goes when the last record in it can have gone.
  if redis.call('PTTL', KEYS[3]) < ends(whole) - now then
    redis.call('PEXPIREAT', KEYS[3], ends(whole))
  end
end
return 1
