package remote

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// run runs a command and gives what it wrote until it ended.
func run(cmd *exec.Cmd) (out, errs limitedBuffer, err error) {
	outs, err := newOutput()
	if err != nil {
		return out, errs, err
	}
	others, err := newOutput()
	if err != nil {
		return outs.end(), errs, err
	}
	cmd.Stdout, cmd.Stderr = outs.write, others.write
	err = cmd.Run()
	return outs.end(), others.end(), err
}

// output is a pipe from a command. Its own children may keep it open for ever,
// so it does not end where it is closed but at a mark, which is written once
// the command has ended and comes after all that it wrote.
type output struct {
	read, write *os.File
	mark        []byte
	before      chan limitedBuffer
}

func newOutput() (*output, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	o := &output{read: read, write: write, mark: []byte(rand.Text()), before: make(chan limitedBuffer, 1)}
	go func() { o.before <- o.untilMark() }()
	return o, nil
}

// end gives what was written before.
func (o *output) end() limitedBuffer {
	if _, err := o.write.Write(o.mark); err != nil {
		_ = o.read.Close() // or the mark would be waited for
	}
	before := <-o.before
	_ = errors.Join(o.read.Close(), o.write.Close()) // nothing of it is needed any more
	return before
}

func (o *output) untilMark() limitedBuffer {
	var b limitedBuffer
	var seen []byte // and not yet known to be no part of the mark
	piece := make([]byte, 32<<10)
	for {
		n, err := o.read.Read(piece)
		seen = append(seen, piece[:n]...)
		if before, _, found := bytes.Cut(seen, o.mark); found || err != nil {
			b.add(before)
			return b
		}
		sure := max(len(seen)-len(o.mark)+1, 0)
		b.add(seen[:sure])
		seen = append(seen[:0], seen[sure:]...)
	}
}

// limitedBuffer keeps the beginning of what is added to it.
type limitedBuffer struct {
	kept    bytes.Buffer
	written int
	full    bool
}

func (b *limitedBuffer) add(p []byte) {
	b.written += len(p)
	room := maxPrinted - b.kept.Len()
	b.full = b.full || len(p) > room
	b.kept.Write(p[:min(len(p), room)])
}

func (b *limitedBuffer) unshown() string {
	if b.written == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d bytes on its standard error are not shown, they may hold secrets: run it by hand)", b.written)
}
