package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pathwaybot/areas"
)

const areasLong = `
Makes one compact file of the official tables that you have downloaded from the
Open Geography portal of the Office for National Statistics: the ONS Postcode
Directory or the National Statistics Postcode Lookup, whole or in parts, and if you
like lookups from districts to counties and regions. Set POSTCODES to the path of
the file, and people can type the first half of a postcode and one digit ("SG1 1")
where they choose their council. Whole postcodes are neither kept nor taken.

What a table is shows in its columns: pcds and lad25cd, LAD25CD and CTYUA25CD.
Postcodes of Northern Ireland are left out, since they are under another licence.`

// mostTables is how many files one import takes: the directory comes in 120 parts.
const mostTables = 200

func areasCommand(c *call) error {
	dir := c.dirFlag()
	to := c.flags.String("to", "postcodes.txt", "write to this `FILE`")
	words, err := c.parse(mostTables + 1)
	if err != nil {
		return err
	}
	if len(words) == 0 || words[0] != "import" {
		return wrong("say what to do: pathway areas import TABLE.csv...")
	}
	if len(words) == 1 {
		return wrong("name the tables that you have downloaded: pathway areas import ONSPD.csv")
	}
	g, err := load(*dir)
	if err != nil {
		return err
	}
	tables := areas.NewTables()
	for _, path := range words[1:] {
		if err := c.readTable(tables, path); err != nil {
			return err
		}
	}
	var file bytes.Buffer
	done, err := tables.Write(&file)
	if err != nil {
		return err
	}
	size := file.Len()
	led, err := areas.LoadPostcodes(bytes.NewReader(file.Bytes()), g.Areas)
	if err != nil {
		return fmt.Errorf("read what was made: %w", err)
	}
	if err := replace(*to, file.Bytes()); err != nil {
		return err
	}
	c.out.printf("%s: %s, %.0f%% of them in one council, %s, postcodes up to %s, %d kB\n",
		*to, count(done.Sectors, "sector"), 100*float64(done.Alone)/float64(done.Sectors),
		count(done.Councils, "council"), or(done.Newest, "a month that is not stated"), (size+999)/1000)
	for _, far := range led.Unplaced() {
		c.out.printf("%s is not in areas/: people are led to %s\n", far.Code, far.To)
	}
	return nil
}

func (c *call) readTable(tables *areas.Tables, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open a table: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	read, err := tables.Read(filepath.Base(path), f)
	if err != nil {
		return err
	}
	if read.Councils > 0 {
		c.out.printf("%s: %s\n", filepath.Base(path), count(read.Councils, "council"))
		return nil
	}
	parts := []string{fmt.Sprintf("%s in use, %d given up", count(read.Postcodes, "postcode"), read.Ended)}
	if read.Northern > 0 {
		parts = append(parts, fmt.Sprintf("%d of Northern Ireland left out", read.Northern))
	}
	if read.Nowhere > 0 {
		parts = append(parts, fmt.Sprintf("%d without a council left out", read.Nowhere))
	}
	c.out.printf("%s: %s\n", filepath.Base(path), strings.Join(parts, ", "))
	return nil
}

// replace writes a file beside the old one and then puts it in its place, so that
// nobody reads half of it.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write postcodes: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write postcodes: %w", err)
	}
	return nil
}

// readPostcodes reads the file that an import has made, nil for no path.
func readPostcodes(path string, m *areas.Map) (*areas.Postcodes, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the postcodes: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	p, err := areas.LoadPostcodes(f, m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}
