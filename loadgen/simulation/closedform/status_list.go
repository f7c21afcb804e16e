package closedform

import (
	"bytes"
	"compress/zlib"
	"math"
	"math/rand/v2"
)

// StatusList is how many bytes a Token Status List with one bit a token takes
// when a share of the tokens is revoked, at random places: compressed as
// draft-ietf-oauth-status-list, section 4.1, has it, and before base64url, which
// adds a third, and the signature.
func StatusList(tokens int, share float64, seed uint64) int {
	list := make([]byte, (tokens+7)/8)
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range tokens {
		if r.Float64() < share {
			list[i/8] |= 1 << (i % 8)
		}
	}
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestCompression) // the level exists
	_, _ = w.Write(list)                                    // to memory
	_ = w.Close()
	return out.Len()
}

// StatusListBound is the least that any compression can reach: the entropy of the
// bits, in bytes.
func StatusListBound(tokens int, share float64) float64 {
	if share <= 0 || share >= 1 {
		return 0
	}
	return -float64(tokens) / 8 * (share*math.Log2(share) + (1-share)*math.Log2(1-share))
}
