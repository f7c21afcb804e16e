package world

import (
	"encoding/binary"

	"github.com/revocheck/revocheck/loadgen/simulation/stream"
)

// session is what is known of a device. A million of them are in memory, and are
// what is slow to reach: it takes 24 bytes and has no pointers.
type session struct {
	issued     int64  // when the token was granted
	draws      uint32 // made for it; they never depend on what was decided
	token      uint32 // number of the token
	generation uint32 // what was stamped on it
	state      state
}

type state uint8

const (
	out     state = iota
	in            // with a token
	without       // logged in, but no token was granted
	revoked       // with a token that was ended by somebody else
)

// fill makes the token of a device, as it was issued.
func (w *World) fill(entity uint64, number uint32, issued int64, generation uint32) *Token {
	w.token.Key = keyOf(entity, number)
	w.token.User = entity / w.devices
	w.token.Expires = second(issued) + w.life
	w.token.Generation = int64(generation)
	return &w.token
}

func (w *World) tokenOf(entity uint64, s *session) *Token {
	return w.fill(entity, s.token, s.issued, s.generation)
}

// keyOf is spread like a digest.
func keyOf(entity uint64, number uint32) (key [16]byte) {
	first := stream.Mix(entity<<32 + uint64(number))
	second := stream.Mix(first + entity)
	binary.LittleEndian.PutUint64(key[:8], first)
	binary.LittleEndian.PutUint64(key[8:], second)
	return key
}

// expires is when a token that was issued then is no more accepted.
func (w *World) expires(issued int64) int64 {
	return (second(issued)-midnight+w.life)*1e9 + w.leeway
}

// home is the region of a device.
func (w *World) home(entity uint64) int { return int(entity % uint64(w.regions)) }
