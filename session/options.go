package session

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// parseURL reads REDIS_URL:
//
//	redis://user:password@host:6379/0        one server; rediss:// with TLS
//	redis://host?addr=host2&addr=host3:7000  a cluster
//	redis://sentinel?addr=sentinel2&master_name=name&sentinel_password=secret
//
// User and password are always those of Redis itself. Errors never hold the
// address, since it may hold a password.
func parseURL(raw string) (*redis.UniversalOptions, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("redis address: not a URL (signs in a password need percent-encoding)")
	}
	var errs []error
	if u.Scheme != "redis" && u.Scheme != "rediss" {
		errs = append(errs, errors.New("redis address: begins with neither redis:// nor rediss://"))
	}
	if u.Hostname() == "" {
		errs = append(errs, errors.New("redis address: no host"))
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		errs = append(errs, errors.New("redis address: what follows ? cannot be read"))
	}
	known := []string{"addr", "master_name", "sentinel_username", "sentinel_password"}
	for option := range query {
		if !slices.Contains(known, option) {
			errs = append(errs, fmt.Errorf("redis address: unknown option %q", option))
		}
	}
	o := &redis.UniversalOptions{
		Username:         u.User.Username(),
		MasterName:       query.Get("master_name"),
		SentinelUsername: query.Get("sentinel_username"),
		SentinelPassword: query.Get("sentinel_password"),
	}
	o.Password, _ = u.User.Password()
	if db := strings.Trim(u.Path, "/"); db != "" {
		if o.DB, err = strconv.Atoi(db); err != nil || o.DB < 0 {
			errs = append(errs, errors.New("redis address: the path is not the number of a database"))
		}
	}
	port := "6379"
	if o.MasterName != "" {
		port = "26379"
	}
	for _, addr := range append([]string{u.Host}, query["addr"]...) {
		o.Addrs = append(o.Addrs, withPort(addr, port))
	}
	if o.MasterName == "" && len(o.Addrs) > 1 && o.DB != 0 {
		errs = append(errs, errors.New("redis address: a cluster has only database 0"))
	}
	if u.Scheme == "rediss" {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	tune(o)
	return o, nil
}

func withPort(addr, port string) string {
	if host, p, err := net.SplitHostPort(addr); err == nil && p != "" {
		return net.JoinHostPort(host, p)
	}
	return net.JoinHostPort(strings.Trim(strings.TrimSuffix(addr, ":"), "[]"), port)
}

// tune makes go-redis keep to deadlines, which it ignores unless told, and give
// up early: its own defaults are 5 s and several attempts.
func tune(o *redis.UniversalOptions) {
	o.ContextTimeoutEnabled = true
	o.DialTimeout = time.Second
	o.ReadTimeout = 500 * time.Millisecond
	o.WriteTimeout = 500 * time.Millisecond
	o.DialerRetries = 1
	o.MaxRetries = 1
	o.ClientName = "pathwaybot"
	o.DisableIdentity = true // saves commands for each connection
	o.PipelinePoolSize = -1  // one pool of connections is enough
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}
