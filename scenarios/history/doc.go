// Package history records what many clients asked of a gateway and what it
// answered, and checks with porcupine whether one order of all the requests
// explains the answers: is there, for each token, an instant between a
// logout's invocation and its acknowledgement before which every call was
// accepted and after which every call was refused?
//
// The condition is linearizability (Herlihy and Wing, ACM TOPLAS 12(3), 1990):
// a token is a register that goes from live to revoked and never back.
package history
