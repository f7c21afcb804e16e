//go:build unix

package sides

import (
	"os/exec"
	"syscall"
)

// detach keeps an interrupt at the terminal from the gateway, which ends when
// the bench has drained and closes its input.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
