package results

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// Writable returns an error unless the file can be written, and leaves it as
// it was.
func Writable(name string) error {
	if name == "" || name == "-" {
		return nil
	}
	found, err := os.Stat(name)
	if err == nil && !found.Mode().IsRegular() && !found.IsDir() {
		return nil // who reads a pipe would see it closed
	}
	fresh := errors.Is(err, fs.ErrNotExist)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil || !fresh {
		return err
	}
	return os.Remove(name)
}

// WriteTo writes a document to a file, "-" for standard output, "" for nowhere.
func WriteTo(stdout io.Writer, name string, write func(io.Writer) error) error {
	switch name {
	case "":
		return nil
	case "-":
		return write(stdout)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
