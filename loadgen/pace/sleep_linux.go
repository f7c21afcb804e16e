package pace

import (
	"time"

	"golang.org/x/sys/unix"
)

// preciseSleep sleeps to within about a tenth of a millisecond without
// spinning: the kernel's timer is finer than the runtime's poller.
func preciseSleep(d time.Duration) {
	end := time.Now().Add(d)
	for left := d; left > 0; left = time.Until(end) {
		ts := unix.NsecToTimespec(left.Nanoseconds())
		if err := unix.Nanosleep(&ts, nil); err != nil && err != unix.EINTR {
			time.Sleep(left)
		}
	}
}
