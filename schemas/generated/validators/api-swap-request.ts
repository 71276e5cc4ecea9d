// @ts-nocheck
// Generated from JSON Schema by `bun run types`. Do not edit.
export default function ({ api, config, swap }) {
const schema1 = api["$defs"]["SwapRequest"];
const schema30 = config["$defs"]["ReleaseRange"];
const schema52 = swap["$defs"]["Strategy"];
const schema63 = api["$defs"]["CanaryRequest"];
const pattern8 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$", "u");
const pattern12 = new RegExp("^(auto|cpu|cuda(:\\d+)?)$", "u");
const func1 = require("ajv/dist/runtime/ucs2length").default;

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate1.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema1,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "plugin") || (key0 === "model")) || (key0 === "settings")) || (key0 === "device")) || (key0 === "strategy")) || (key0 === "canary")) || (key0 === "persist")) || (key0 === "reason"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema1,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.plugin !== undefined){
let data0 = data.plugin;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
const err2 = {instancePath:instancePath+"/plugin",schemaPath:"config#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema30,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/plugin",schemaPath:"config#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.type,parentSchema:schema30,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
const _errs6 = errors;
let valid2 = false;
const _errs7 = errors;
if(typeof data1 === "string"){
if(!pattern8.test(data1)){
const err4 = {instancePath:instancePath+"/model",schemaPath:"config#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema30,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/model",schemaPath:"config#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.type,parentSchema:schema30,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid2 = valid2 || _valid0;
const _errs10 = errors;
if(data1 !== null){
const err6 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema1.properties.model.anyOf[1].type,parentSchema:schema1.properties.model.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err7 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema1.properties.model.anyOf,parentSchema:schema1.properties.model,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.settings !== undefined){
let data2 = data.settings;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err8 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema1.properties.settings.type,parentSchema:schema1.properties.settings,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.device !== undefined){
let data3 = data.device;
if(typeof data3 === "string"){
if(!pattern12.test(data3)){
const err9 = {instancePath:instancePath+"/device",schemaPath:"#/properties/device/pattern",keyword:"pattern",params:{pattern: "^(auto|cpu|cuda(:\\d+)?)$"},message:"must match pattern \""+"^(auto|cpu|cuda(:\\d+)?)$"+"\"",schema:"^(auto|cpu|cuda(:\\d+)?)$",parentSchema:schema1.properties.device,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/device",schemaPath:"#/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.device.type,parentSchema:schema1.properties.device,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.strategy !== undefined){
let data4 = data.strategy;
if(typeof data4 !== "string"){
const err11 = {instancePath:instancePath+"/strategy",schemaPath:"swap#/$defs/Strategy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!((((data4 === "auto") || (data4 === "blue-green")) || (data4 === "recreate")) || (data4 === "canary"))){
const err12 = {instancePath:instancePath+"/strategy",schemaPath:"swap#/$defs/Strategy/enum",keyword:"enum",params:{allowedValues: schema52.enum},message:"must be equal to one of the allowed values",schema:schema52.enum,parentSchema:schema52,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.canary !== undefined){
let data5 = data.canary;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
if(!(((((key1 === "percent") || (key1 === "minRequests")) || (key1 === "maxErrorRate")) || (key1 === "windowMs")) || (key1 === "maxWaitMs"))){
const err13 = {instancePath:instancePath+"/canary",schemaPath:"#/$defs/CanaryRequest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema63,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data5.percent !== undefined){
let data6 = data5.percent;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 100 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/canary/percent",schemaPath:"#/$defs/CanaryRequest/properties/percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema63.properties.percent,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6 <= 0 || isNaN(data6)){
const err15 = {instancePath:instancePath+"/canary/percent",schemaPath:"#/$defs/CanaryRequest/properties/percent/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema63.properties.percent,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/canary/percent",schemaPath:"#/$defs/CanaryRequest/properties/percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema63.properties.percent.type,parentSchema:schema63.properties.percent,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.minRequests !== undefined){
let data7 = data5.minRequests;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err17 = {instancePath:instancePath+"/canary/minRequests",schemaPath:"#/$defs/CanaryRequest/properties/minRequests/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema63.properties.minRequests.type,parentSchema:schema63.properties.minRequests,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err18 = {instancePath:instancePath+"/canary/minRequests",schemaPath:"#/$defs/CanaryRequest/properties/minRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema63.properties.minRequests,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data5.maxErrorRate !== undefined){
let data8 = data5.maxErrorRate;
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 1 || isNaN(data8)){
const err19 = {instancePath:instancePath+"/canary/maxErrorRate",schemaPath:"#/$defs/CanaryRequest/properties/maxErrorRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema63.properties.maxErrorRate,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err20 = {instancePath:instancePath+"/canary/maxErrorRate",schemaPath:"#/$defs/CanaryRequest/properties/maxErrorRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema63.properties.maxErrorRate,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/canary/maxErrorRate",schemaPath:"#/$defs/CanaryRequest/properties/maxErrorRate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema63.properties.maxErrorRate.type,parentSchema:schema63.properties.maxErrorRate,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data5.windowMs !== undefined){
let data9 = data5.windowMs;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err22 = {instancePath:instancePath+"/canary/windowMs",schemaPath:"#/$defs/CanaryRequest/properties/windowMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema63.properties.windowMs.type,parentSchema:schema63.properties.windowMs,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
const err23 = {instancePath:instancePath+"/canary/windowMs",schemaPath:"#/$defs/CanaryRequest/properties/windowMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema63.properties.windowMs,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data5.maxWaitMs !== undefined){
let data10 = data5.maxWaitMs;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err24 = {instancePath:instancePath+"/canary/maxWaitMs",schemaPath:"#/$defs/CanaryRequest/properties/maxWaitMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema63.properties.maxWaitMs.type,parentSchema:schema63.properties.maxWaitMs,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
const err25 = {instancePath:instancePath+"/canary/maxWaitMs",schemaPath:"#/$defs/CanaryRequest/properties/maxWaitMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema63.properties.maxWaitMs,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
}
else {
const err26 = {instancePath:instancePath+"/canary",schemaPath:"#/$defs/CanaryRequest/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.type,parentSchema:schema63,data:data5};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.persist !== undefined){
let data11 = data.persist;
if(typeof data11 !== "boolean"){
const err27 = {instancePath:instancePath+"/persist",schemaPath:"#/properties/persist/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema1.properties.persist.type,parentSchema:schema1.properties.persist,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.reason !== undefined){
let data12 = data.reason;
if(typeof data12 === "string"){
if(func1(data12) > 500){
const err28 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters",schema:500,parentSchema:schema1.properties.reason,data:data12};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.reason.type,parentSchema:schema1.properties.reason,data:data12};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema1.type,parentSchema:schema1,data};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}
validate1.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
return validate1;
}
