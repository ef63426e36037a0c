# JSON in both directions.
import json
print(json.dumps({"a": [1, 2.5, None, True, "é\n"], "b": {"c": ()}}), json.dumps([1,2], indent=2), json.dumps({"b":1,"a":2}, sort_keys=True, separators=(",",":")))
print(json.loads('{"x": [1, 2.0, null, true, "a\\u00e9"], "y": {}}'))
try: json.loads("{bad}")
except json.JSONDecodeError as e: print(e)
except ValueError as e: print("VE", e)
