// Package deploy holds no code: its files say how the service runs. The tests hold
// them against what the design asks of a deployment, as far as that can be told
// without a container engine.
package deploy

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestImageHasNoShellAndNoRoot(t *testing.T) {
	file := read(t, "Dockerfile")
	_, last, ok := strings.Cut(file, "FROM scratch")
	if !ok {
		t.Fatal("the image is not built from scratch")
	}
	if !regexp.MustCompile(`(?m)^USER [1-9]\d*:[1-9]\d*$`).MatchString(last) {
		t.Error("the image runs as root")
	}
	if strings.Contains(last, "RUN") || !strings.Contains(last, `ENTRYPOINT ["/bot"]`) {
		t.Error("the last stage wants a shell")
	}
}

// What is released runs without any library of the system, and holds no path of the
// machine that built it.
func TestBinaryIsStatic(t *testing.T) {
	if !strings.Contains(read(t, "Dockerfile"), "RUN sh deploy/build.sh /out") {
		t.Error("the Dockerfile does not build as build.sh does")
	}
	if !strings.Contains(read(t, "../Makefile"), "\tsh deploy/build.sh bin\n") {
		t.Error("make build does not build as build.sh does")
	}
	out := t.TempDir()
	if b, err := exec.Command("sh", "build.sh", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	bot := filepath.Join(out, "bot")
	project, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(bot); err != nil || strings.Contains(string(b), project) {
		t.Errorf("the binary names the folder in which it was built: %v", err)
	}
	f, err := elf.Open(bot)
	if err != nil {
		t.Skipf("not an ELF binary on this system: %v", err)
	}
	defer func() { _ = f.Close() }()
	if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the binary wants a dynamic linker")
	}
}

// The same source gives the same bytes in another folder, whatever somebody has set
// for their own builds. "make reproduce" does it with empty caches too.
func TestSameBytesInAnotherFolder(t *testing.T) {
	again := exec.Command("sh", "reproduce.sh", "quick")
	again.Env = append(os.Environ(), "GOFLAGS=-buildvcs=true -race", "GOAMD64=v3", "CGO_ENABLED=1")
	if b, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, b)
	}
}

// Actions of the workflow are named by the hash of a commit, may only read, and do not
// run for ever; none is of somebody whom we do not know.
func TestWorkflowIsPinned(t *testing.T) {
	file := read(t, "../.github/workflows/check.yml")
	var w struct {
		Permissions map[string]string `yaml:"permissions"`
		Jobs        map[string]struct {
			Permissions map[string]string `yaml:"permissions"`
			Timeout     int               `yaml:"timeout-minutes"`
			Steps       []struct {
				Uses string         `yaml:"uses"`
				With map[string]any `yaml:"with"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal([]byte(file), &w); err != nil {
		t.Fatal(err)
	}
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
		t.Errorf("permissions are %v, want contents: read and nothing else", w.Permissions)
	}
	pinned := regexp.MustCompile(`^(actions/checkout|actions/setup-go)@[0-9a-f]{40}$`)
	for name, job := range w.Jobs {
		if job.Permissions != nil || job.Timeout == 0 {
			t.Errorf("job %s has permissions of its own or no timeout", name)
		}
		for _, s := range job.Steps {
			if s.Uses != "" && !pinned.MatchString(s.Uses) {
				t.Errorf("job %s: %q is not one of our two actions at a whole hash", name, s.Uses)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != false {
				t.Errorf("job %s keeps the token in the checkout", name)
			}
		}
	}
	for line := range strings.Lines(file) {
		if strings.Contains(line, "uses:") && !regexp.MustCompile(`# v\d+\.\d+\.\d+\n$`).MatchString(line) {
			t.Errorf("no version beside the hash: %s", strings.TrimSpace(line))
		}
	}
	if strings.Contains(file, "pull_request_target") || strings.Contains(file, "secrets.") {
		t.Error("what others send could run with rights or secrets of ours")
	}
}

func TestComposeKeepsNothing(t *testing.T) {
	var c struct {
		Services map[string]struct {
			Command     []string          `yaml:"command"`
			Environment map[string]string `yaml:"environment"`
			Volumes     []string          `yaml:"volumes"`
			Ports       []string          `yaml:"ports"`
			ReadOnly    bool              `yaml:"read_only"`
			CapDrop     []string          `yaml:"cap_drop"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal([]byte(read(t, "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	redis := strings.Join(c.Services["redis"].Command, " ")
	for _, want := range []string{"--save  --appendonly no", "--maxmemory-policy noeviction"} {
		if !strings.Contains(redis, want) {
			t.Errorf("redis runs with %q, want %q", redis, want)
		}
	}
	for name, s := range c.Services {
		if len(s.Volumes) > 0 || !s.ReadOnly || !slices.Contains(s.CapDrop, "ALL") {
			t.Errorf("%s can write to a disk or has capabilities", name)
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s is reachable from outside at %s", name, p)
			}
		}
		for key, value := range s.Environment {
			secret := regexp.MustCompile("TOKEN|KEY|SECRET").MatchString(key)
			fromFile := strings.HasSuffix(key, "_FILE") && strings.HasPrefix(value, "/run/secrets/")
			if secret && !fromFile {
				t.Errorf("%s: the secret %s is not read from a file", name, key)
			}
		}
	}
}

func TestUnitIsUnderstood(t *testing.T) {
	unit := read(t, "pathwaybot.service")
	for _, want := range []string{"DynamicUser=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "LimitCORE=0", "LoadCredential=token:"} {
		if !strings.Contains(unit, want) {
			t.Errorf("the unit lacks %s", strings.TrimSpace(want))
		}
	}
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	b, _ := exec.Command(verify, "verify", "pathwaybot.service").CombinedOutput()
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, "pathwaybot.service") && !strings.Contains(line, "is not executable") {
			t.Error(strings.TrimSpace(line))
		}
	}
}
