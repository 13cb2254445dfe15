package web

import (
	"net/http"
	"net/url"
	"strings"
)

// secure reports whether browsers reach the page by https.
func (w *Web) secure() bool { return w.config.URL != nil && w.config.URL.Scheme == "https" }

// hsts tells a browser for how long, in seconds, to come by https only: a year. It
// speaks for this host alone, since others of the same domain are not ours.
const hsts = "max-age=31536000"

// atHome lets requests for the page's own address pass. Somebody who came by another
// name of this machine is sent there; anything else that another name asks for is
// refused, so that no page which gives this machine a name of its own can press.
// Without an address of which we know, every name is right.
func (w *Web) atHome(next http.Handler) http.Handler {
	if w.config.URL == nil {
		return next
	}
	home := w.config.URL.Scheme + "://" + w.config.URL.Host + "/"
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if w.secure() {
			rw.Header().Set("Strict-Transport-Security", hsts)
		}
		switch {
		case host(r.Host, w.config.URL.Scheme) == host(w.config.URL.Host, w.config.URL.Scheme):
			next.ServeHTTP(rw, r)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(rw, r, home, http.StatusTemporaryRedirect)
		default:
			http.Error(rw, http.StatusText(http.StatusMisdirectedRequest), http.StatusMisdirectedRequest)
		}
	})
}

// host is a host with its port, as names are compared: in small letters and with the
// scheme's own port spelled out.
func host(hostport, scheme string) string {
	u := url.URL{Host: strings.ToLower(hostport)}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[scheme]
	}
	return strings.TrimSuffix(u.Hostname(), ".") + ":" + port
}
