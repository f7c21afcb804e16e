// Package expiring keeps entries that end, a million or more of them, in little
// memory and without a pause.
//
// A Map is cut into shards. A shard is a table of slots that is read without a
// lock: a slot is written once and then published, only its value and its end
// change after that, and a table that is full is replaced by another one. Ended
// entries are dropped shard by shard, each when its table is full. Nothing runs
// by itself: what is dropped when follows from the writes and the times that
// come with them.
//
// A key is kept as 128 bits of a hash with a secret of the process: two keys
// are taken for one with a chance of about one in 10^38.
package expiring
