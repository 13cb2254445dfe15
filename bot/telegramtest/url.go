package telegramtest

import (
	"strconv"
	"strings"
)

// checkURL returns a link as Telegram stores it, or why it is refused: only http,
// https, tg, ton and tonsite, and the host of a web address needs a dot. An
// address without "://" is taken for a web address, so that "tel:999" is the host
// "tel" at port 999, and "mailto:a@b.org" is b.org with a user's name.
func checkURL(link string) (string, error) {
	link = strings.TrimSpace(link)
	lower := strings.ToLower(link)
	for _, scheme := range []string{"tg:", "ton:", "tonsite:"} {
		if strings.HasPrefix(lower, scheme) {
			return link, nil
		}
	}
	scheme, rest, found := strings.Cut(link, "://")
	if !found {
		scheme, rest = "http", link
	} else if scheme = strings.ToLower(scheme); scheme != "http" && scheme != "https" {
		return "", saying("Unsupported URL protocol")
	}
	wrong := saying("Wrong HTTP URL")
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if colon := strings.LastIndexByte(host, ':'); colon >= 0 {
		if n, err := strconv.Atoi(host[colon+1:]); err != nil || n < 1 || n > 65535 {
			return "", wrong
		}
		host = host[:colon]
	}
	if !strings.Contains(host, ".") || strings.Trim(host, ".") == "" || strings.ContainsAny(host, " \t\n") {
		return "", wrong
	}
	return scheme + "://" + rest, nil
}
