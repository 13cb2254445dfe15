-- Removes a record if it is still the one that was read.
-- KEYS  1 mail   2 walk   3 due
-- ARGV  1 version read   2 name in due
local stored = redis.call('MGET', KEYS[1])[1] or ''
if string.sub(stored, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[2])
return 1
