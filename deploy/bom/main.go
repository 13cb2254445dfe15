// Command bom writes the bill of materials of what is released, and the licences of
// all that is in it, into a folder:
//
//	go run ./deploy/bom -to bin
//
// bom.cdx.json lists every module that is linked into bot and pathway, with its
// version, licence, checksum as in go.sum and what it needs, as CycloneDX 1.6
// (https://cyclonedx.org/docs/1.6/json/). licences.txt holds the texts of the
// licences and notices, which have to go with the binaries.
//
// It fails, and writes nothing, where a module has no licence text that it knows, or
// one that is not in the list of those that may be used.
//
// The usual tools were tried first: the proxy does not give cyclonedx-gomod with a
// checksum that can be verified (v1.9.0), and go-licenses v2.0.1 cannot be installed
// without its repository.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	to := flag.String("to", "bin", "write into this `folder`")
	flag.Parse()
	if err := run(".", *to, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bom:", err)
		os.Exit(1)
	}
}

// run lists the modules of the project in a folder, writes both files and says so.
func run(project, to string, stdout io.Writer) error {
	list, err := modules(project)
	if err != nil {
		return err
	}
	if err := allowed(list); err != nil {
		return err
	}
	bom, err := cyclone(list)
	if err != nil {
		return err
	}
	texts, err := licences(project, list)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(to, "bom.cdx.json"), bom, 0o644),
		os.WriteFile(filepath.Join(to, "licences.txt"), texts, 0o644),
	); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	_, err = fmt.Fprintf(stdout, "%d modules, each under a licence that may be used: %s, %s\n", len(list),
		filepath.Join(to, "bom.cdx.json"), filepath.Join(to, "licences.txt"))
	return err
}
