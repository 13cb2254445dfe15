package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// mayBeUsed are the licences, by their SPDX names, that ask for no more than that
// their text goes with a copy. To add one is a decision for people, not for a build.
func mayBeUsed() []string {
	return []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC"}
}

// allowed returns an error for each module under a licence that may not be used.
func allowed(list []module) error {
	var errs []error
	for _, m := range list {
		for id := range strings.SplitSeq(m.Licence, " AND ") {
			if !slices.Contains(mayBeUsed(), id) {
				errs = append(errs, fmt.Errorf("%s %s is under %q, which is not one of %s",
					m.Path, m.Version, id, strings.Join(mayBeUsed(), ", ")))
			}
		}
	}
	return errors.Join(errs...)
}

// The whole of each short licence, in lower case, without signs and line breaks: a
// sentence more or less, and it is another licence. Between may stand whose it is.
const (
	mit = `permission is hereby granted free of charge to any person obtaining a copy of this software and associated ` +
		`documentation files the software to deal in the software without restriction including without limitation the ` +
		`rights to use copy modify merge publish distribute sublicense and or sell copies of the software and to permit ` +
		`persons to whom the software is furnished to do so subject to the following conditions ` +
		`the above copyright notice and this permission notice shall be included in all copies or substantial portions of ` +
		`the software ` +
		`the software is provided as is without warranty of any kind express or implied including but not limited to the ` +
		`warranties of merchantability fitness for a particular purpose and noninfringement in no event shall the authors ` +
		`or copyright holders be liable for any claim damages or other liability whether in an action of contract tort or ` +
		`otherwise arising from out of or in connection with the software or the use or other dealings in the software`
	bsdBegin = `redistribution and use in source and binary forms with or without modification are permitted provided that ` +
		`the following conditions are met ` +
		`(1 )?redistributions of source code must retain the above copyright notice this list of conditions and the ` +
		`following disclaimer ` +
		`(2 )?redistributions in binary form must reproduce the above copyright notice this list of conditions and the ` +
		`following disclaimer in the documentation and or other materials provided with the distribution `
	bsdThird = `(3 )?neither the name of ([\w ]{1,60} nor the names of its contributors|[\w ]{1,60} nor the names of [\w ]{1,40} contributors) may be used to endorse or ` +
		`promote products derived from this software without specific prior written permission `
	bsdEnd = `this software is provided by the copyright holders and contributors as is and any express or implied ` +
		`warranties including but not limited to the implied warranties of merchantability and fitness for a particular ` +
		`purpose are disclaimed in no event shall the copyright (owner|holder) or contributors be liable for any direct ` +
		`indirect incidental special exemplary or consequential damages including but not limited to procurement of ` +
		`substitute goods or services loss of use data or profits or business interruption however caused and on any ` +
		`theory of liability whether in contract strict liability or tort including negligence or otherwise arising in ` +
		`any way out of the use of this software even if advised of the possibility of such damage`
	isc = `permission to use copy modify and or distribute this software for any purpose with or without fee is hereby ` +
		`granted provided that the above copyright notice and this permission notice appear in all copies ` +
		`the software is provided as is and the author disclaims all warranties with regard to this software including ` +
		`all implied warranties of merchantability and fitness in no event shall the author be liable for any special ` +
		`direct indirect or consequential damages or any damages whatsoever resulting from loss of use data or profits ` +
		`whether in an action of contract negligence or other tortious action arising out of or in connection with the ` +
		`use or performance of this software`
)

var (
	titles    = `((the )?(mit|isc)( license)?( mit)? )?`
	mitWhole  = regexp.MustCompile(`^` + titles + mit + `$`)
	bsd2Whole = regexp.MustCompile(`^(bsd 2 clause license )?` + bsdBegin + bsdEnd + `$`)
	bsd3Whole = regexp.MustCompile(`^(bsd 3 clause license )?` + bsdBegin + bsdThird + bsdEnd + `$`)
	iscWhole  = regexp.MustCompile(`^` + titles + isc + `$`)
)

// known are longer texts, by the start of the SHA-256 of their words.
func known() map[string]string {
	return map[string]string{
		"95f35d79ea3bab75": "Apache-2.0",         // with the appendix on how to apply it
		"37599287c15c2f2e": "Apache-2.0",         // without
		"1083d3dcf348b543": "MIT AND Apache-2.0", // go.yaml.in/yaml: some files under the one, the rest under the other
	}
}

var (
	ownership = regexp.MustCompile(`(?im)^[ \t]*(copyright (\(c\)|©|\d).*|all rights reserved\.?)[ \t]*$`)
	noWord    = regexp.MustCompile(`[^\p{L}\p{N}]+`)
)

// words takes out whose a text is, its signs and its line breaks.
func words(text string) string {
	return strings.TrimSpace(noWord.ReplaceAllString(strings.ToLower(ownership.ReplaceAllString(text, "")), " "))
}

// digest names a text of many words.
func digest(text string) string {
	sum := sha256.Sum256([]byte(words(text)))
	return hex.EncodeToString(sum[:8])
}

// identify returns the SPDX expression for the text of a licence, "" for one that is
// not known word for word.
func identify(text string) string {
	w := words(text)
	switch {
	case mitWhole.MatchString(w):
		return "MIT"
	case bsd2Whole.MatchString(w):
		return "BSD-2-Clause"
	case bsd3Whole.MatchString(w):
		return "BSD-3-Clause"
	case iscWhole.MatchString(w):
		return "ISC"
	}
	return known()[digest(text)]
}
